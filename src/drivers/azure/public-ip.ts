import type { PublicIPAddress } from '@azure/arm-network';
import { deed } from './azure-machine.ts';
import { finish, NETWORK_POLL } from './long-running.ts';
import type { Making } from './making.ts';
import { machineTags } from './naming.ts';

/** The public addresses of a machine; each is there as soon as Azure has made it. */
export interface PublicIps {
  readonly publicIp: PublicIPAddress | undefined;
  readonly publicIpV6: PublicIPAddress | undefined;
}

/** Makes a public address, of a zone where the machine is in one: a zonal VM takes no other. */
export async function putPublicIp(
  { machine, creation, signal }: Making,
  version: 'IPv4' | 'IPv6',
): Promise<PublicIPAddress> {
  const { names, options, session } = machine;
  const { availabilityZone: zone, dnsLabel } = options;
  const [name, id] =
    version === 'IPv4' ? [names.publicIp, names.ids.publicIp] : [names.publicIpV6, names.ids.publicIpV6];
  const body: PublicIPAddress = {
    location: options.location,
    tags: machineTags(machine),
    sku: { name: 'Standard', tier: 'Regional' },
    ...(zone === undefined ? {} : { zones: [zone] }),
    publicIPAllocationMethod: 'Static',
    publicIPAddressVersion: version,
    deleteOption: 'Delete',
    // A label names one address; azdock connects to the IPv4 one.
    ...(dnsLabel === undefined || version === 'IPv6' ? {} : { dnsSettings: { domainNameLabel: dnsLabel } }),
  };
  await creation.journal.intend(id, { shared: false });
  return session.call(deed(machine, `create public IP ${name}`, name), signal, async (to) => {
    const { publicIPAddresses } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(publicIPAddresses.createOrUpdate(names.group, name, body, how), signal);
  });
}
