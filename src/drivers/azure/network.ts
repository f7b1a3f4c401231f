import type { NetworkInterface, PublicIPAddress } from '@azure/arm-network';
import { type AzureMachine, deed } from './azure-machine.ts';
import { finish, NETWORK_POLL } from './long-running.ts';
import type { Making } from './making.ts';
import { machineTags } from './naming.ts';
import { securityRules } from './security-rules.ts';

export async function putFirewall({ machine, creation, signal }: Making): Promise<void> {
  const { names, options, session } = machine;
  const body = {
    location: options.location,
    tags: machineTags(machine.name, machine.id),
    securityRules: securityRules({ ...options, sshPort: session.cloud.sshPort }),
  };
  await creation.journal.intend(names.ids.firewall, { shared: false });
  await session.call(deed(machine, `create firewall ${names.firewall}`, names.firewall), signal, async (to) => {
    const { networkSecurityGroups } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(networkSecurityGroups.createOrUpdate(names.group, names.firewall, body, how), signal);
  });
}

export async function putPublicIp({ machine, creation, signal }: Making): Promise<PublicIPAddress> {
  const { names, options, session } = machine;
  const body: PublicIPAddress = {
    location: options.location,
    tags: machineTags(machine.name, machine.id),
    sku: { name: 'Standard', tier: 'Regional' },
    publicIPAllocationMethod: 'Static',
    publicIPAddressVersion: 'IPv4',
    deleteOption: 'Delete',
    ...(options.dnsLabel === undefined ? {} : { dnsSettings: { domainNameLabel: options.dnsLabel } }),
  };
  await creation.journal.intend(names.ids.publicIp, { shared: false });
  return session.call(deed(machine, `create public IP ${names.publicIp}`, names.publicIp), signal, async (to) => {
    const { publicIPAddresses } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(publicIPAddresses.createOrUpdate(names.group, names.publicIp, body, how), signal);
  });
}

/** Joins firewall, subnet and public IP. */
export async function putNic({ machine, creation, signal }: Making): Promise<NetworkInterface> {
  const { names, session } = machine;
  await creation.journal.intend(names.ids.nic, { shared: false });
  return session.call(deed(machine, `create network interface ${names.nic}`, names.nic), signal, async (to) => {
    const { networkInterfaces } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(networkInterfaces.createOrUpdate(names.group, names.nic, nicBody(machine), how), signal);
  });
}

function nicBody({ name, id, names, options }: AzureMachine): NetworkInterface {
  const address =
    options.privateIpAddress === undefined
      ? { privateIPAllocationMethod: 'Dynamic' }
      : { privateIPAllocationMethod: 'Static', privateIPAddress: options.privateIpAddress };
  const publicIp = { publicIPAddress: { id: names.ids.publicIp, deleteOption: 'Delete' } };
  return {
    location: options.location,
    tags: machineTags(name, id),
    networkSecurityGroup: { id: names.ids.firewall },
    ipConfigurations: [
      {
        name: 'ip',
        primary: true,
        subnet: { id: names.ids.subnet },
        ...address,
        ...(options.noPublicIp ? {} : publicIp),
      },
    ],
  };
}
