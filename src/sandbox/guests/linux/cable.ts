import { writeFile } from 'node:fs/promises';
import type { GuestSpec } from '../guest-host.ts';
import type { Gateways } from './host-network.ts';
import { layIpv6 } from './ipv6-cable.ts';
import { requireProgram, runProgram } from './run-program.ts';

export type CableAddresses = Pick<
  GuestSpec,
  'publicAddress' | 'privateAddress' | 'publicIpv6Address' | 'privateIpv6Address'
>;

export interface Cable {
  /** Name of the interface on this computer. */
  readonly veth: string;
  /** A process in the guest's network namespace. */
  readonly pid: number;
  readonly gateways: Gateways;
  readonly addresses: CableAddresses;
  readonly log: (line: string) => void;
}

/**
 * Lays the cable between this computer and a guest's network namespace. The guest's `eth0` has all its addresses. This
 * computer reaches the public one; the private one only when there is no public one, because private addresses repeat
 * between virtual networks and may be in use around this computer.
 *
 * The cable goes away with the guest's namespace.
 */
export async function layCable(cable: Cable): Promise<void> {
  const { veth, pid } = cable;
  const gateway = cable.gateways.ipv4;
  const { publicAddress, privateAddress } = cable.addresses;
  const reached = publicAddress ?? privateAddress;
  // The kernel takes down the namespace of a guest that was switched off when it finds the time: its cable may still lie there.
  await runProgram({ program: 'ip', args: ['link', 'delete', veth] });
  await ip('link', 'add', veth, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
  // IPv6 stays off on this side until there are rules for it.
  await writeFile(`/proc/sys/net/ipv6/conf/${veth}/disable_ipv6`, '1').catch(() => {});
  await writeFile(`/proc/sys/net/ipv4/conf/${veth}/rp_filter`, '1');
  // From guest to guest, without turning this computer as a whole into a router.
  await writeFile(`/proc/sys/net/ipv4/conf/${veth}/forwarding`, '1');
  await ip('address', 'add', `${gateway}/32`, 'dev', veth);
  await ip('link', 'set', veth, 'up');
  await addRoute(reached, veth, gateway);

  const inside = (...args: string[]) =>
    requireProgram({ program: 'nsenter', args: [`--net=/proc/${pid}/ns/net`, 'ip', ...args] });
  await inside('link', 'set', 'lo', 'up');
  // The first address is the one that the guest uses as its own towards others.
  for (const address of new Set([reached, privateAddress]))
    await inside('address', 'add', `${address}/32`, 'dev', 'eth0');
  await inside('link', 'set', 'eth0', 'up');
  await inside('route', 'add', 'default', 'via', gateway, 'dev', 'eth0', 'onlink', 'src', reached);
  await layIpv6(cable, inside);
}

async function addRoute(address: string, veth: string, gateway: string): Promise<void> {
  const added = await runProgram({
    program: 'ip',
    args: ['route', 'add', `${address}/32`, 'dev', veth, 'src', gateway],
  });
  if (added.exitCode === 0) return;
  throw new Error(
    `this computer cannot reach a guest at ${address}: it has a route to that address already (${added.stderr.toString().trim()})`,
  );
}

async function ip(...args: string[]): Promise<void> {
  await requireProgram({ program: 'ip', args });
}
