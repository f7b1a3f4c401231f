import type { NetworkInterface, NetworkInterfaceIPConfiguration } from '@azure/arm-network';
import { type AzureMachine, deed } from './azure-machine.ts';
import { finish, NETWORK_POLL } from './long-running.ts';
import type { Making } from './making.ts';
import { machineTags } from './naming.ts';
import { securityRules } from './security-rules.ts';

/** Makes the machine's own network security group. */
export async function putFirewall({ machine, creation, signal }: Making): Promise<void> {
  const { names, options, session } = machine;
  const body = {
    location: options.location,
    tags: machineTags(machine),
    securityRules: securityRules({ ...options, sshPort: session.cloud.sshPort }),
  };
  await creation.journal.intend(names.ids.firewall, { shared: false });
  await session.call(deed(machine, `create firewall ${names.firewall}`, names.firewall), signal, async (to) => {
    const { networkSecurityGroups } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(networkSecurityGroups.createOrUpdate(names.group, names.firewall, body, how), signal);
  });
}

/** Joins security group, subnet and public addresses. */
export async function putNic({ machine, creation, signal }: Making): Promise<NetworkInterface> {
  const { names, session } = machine;
  await creation.journal.intend(names.ids.nic, { shared: false });
  return session.call(deed(machine, `create network interface ${names.nic}`, names.nic), signal, async (to) => {
    const { networkInterfaces } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(networkInterfaces.createOrUpdate(names.group, names.nic, nicBody(machine), how), signal);
  });
}

function nicBody(machine: AzureMachine): NetworkInterface {
  const { names, options } = machine;
  return {
    location: options.location,
    tags: machineTags(machine),
    networkSecurityGroup: { id: names.ids.securityGroup },
    ...(options.acceleratedNetworking ? { enableAcceleratedNetworking: true } : {}),
    ipConfigurations: [ipv4(machine), ...(options.ipv6 ? [ipv6(machine)] : [])],
  };
}

function ipv4({ names, options }: AzureMachine): NetworkInterfaceIPConfiguration {
  const address =
    options.privateIpAddress === undefined
      ? { privateIPAllocationMethod: 'Dynamic' }
      : { privateIPAllocationMethod: 'Static', privateIPAddress: options.privateIpAddress };
  return {
    name: 'ip',
    primary: true,
    subnet: { id: names.ids.subnet },
    ...address,
    ...(options.noPublicIp ? {} : { publicIPAddress: { id: names.ids.publicIp, deleteOption: 'Delete' } }),
  };
}

/** An interface with an IPv6 address has an IPv4 one as well, which is the primary. */
function ipv6({ names, options }: AzureMachine): NetworkInterfaceIPConfiguration {
  return {
    name: 'ip6',
    primary: false,
    privateIPAddressVersion: 'IPv6',
    subnet: { id: names.ids.subnet },
    privateIPAllocationMethod: 'Dynamic',
    ...(options.noPublicIp ? {} : { publicIPAddress: { id: names.ids.publicIpV6, deleteOption: 'Delete' } }),
  };
}
