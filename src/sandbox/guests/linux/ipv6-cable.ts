import { writeFile } from 'node:fs/promises';
import type { Cable, CableAddresses } from './cable.ts';
import { requireProgram, runProgram } from './run-program.ts';

/** The IPv6 address at which this computer reaches a guest: the public one, or the private one when there is no public one. */
export function reachedIpv6(addresses: CableAddresses): string | undefined {
  return addresses.publicIpv6Address ?? addresses.privateIpv6Address;
}

/** Gives a guest its IPv6 addresses, if it has any and this computer has IPv6. Its rules must be in force before. */
export async function layIpv6(cable: Cable, inside: (...args: string[]) => Promise<string>): Promise<void> {
  const { veth, gateways, addresses, log } = cable;
  const reached = reachedIpv6(addresses);
  const gateway = gateways.ipv6;
  if (reached === undefined || gateway === undefined) return;
  const settings = `/proc/sys/net/ipv6/conf/${veth}`;
  await writeFile(`${settings}/accept_ra`, '0');
  await writeFile(`${settings}/disable_ipv6`, '0');
  // Linux 6.17 and later; before, guests do not reach each other over IPv6, for only the whole computer could be a router.
  await writeFile(`${settings}/force_forwarding`, '1').catch(() => {});
  await requireProgram({ program: 'ip', args: ['-6', 'address', 'add', `${gateway}/128`, 'dev', veth, 'nodad'] });
  const route = ['-6', 'route', 'add', `${reached}/128`, 'dev', veth, 'src', gateway];
  const added = await runProgram({ program: 'ip', args: route });
  if (added.exitCode !== 0) log(`this computer cannot reach a guest at ${reached}: ${added.stderr.toString().trim()}`);
  for (const address of new Set([reached, addresses.privateIpv6Address ?? reached]))
    await inside('-6', 'address', 'add', `${address}/128`, 'dev', 'eth0', 'nodad');
  await inside('-6', 'route', 'add', `${gateway}/128`, 'dev', 'eth0', 'src', reached);
  await inside('-6', 'route', 'add', 'default', 'via', gateway, 'dev', 'eth0', 'src', reached);
}
