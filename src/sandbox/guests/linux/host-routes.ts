import { ipv6InRange, ipv6Network } from '../ipv6-range.ts';
import { addressInRange, interfaceName, type RangeNumber } from './address-range.ts';
import { requireProgram, runProgram } from './run-program.ts';

/** Last parts of this computer's own addresses in a range; guests' begin at 10. The first is the gateway. */
const hostParts = [1, 2, 3] as const;

export interface HostAddresses {
  readonly ipv4: readonly string[];
  /** Empty where guests cannot have IPv6. */
  readonly ipv6: readonly string[];
}

/** This computer's addresses in a range: the gateway, from which it connects to guests by itself, and two more. */
export function hostAddressesOf(range: RangeNumber, withIpv6: boolean): HostAddresses {
  return {
    ipv4: hostParts.map((last) => addressInRange(range, last)),
    ipv6: withIpv6 ? hostParts.map((last) => ipv6InRange('linux', range, last)) : [],
  };
}

/**
 * Closes a range off and takes this computer's further addresses in it. From them a guest sees a connection come from somewhere
 * else than usual. The gateway's address is at each guest's cable.
 */
export async function layRoutes(range: RangeNumber, withIpv6: boolean): Promise<void> {
  // What is sent to an address without a guest must not leave this computer: who knows who answers there.
  await ip('route', 'replace', 'unreachable', `${addressInRange(range, 0)}/24`);
  const link = interfaceName(range);
  await ip('link', 'set', link, 'up');
  const { ipv4, ipv6 } = hostAddressesOf(range, withIpv6);
  for (const address of ipv4.slice(1)) await ip('address', 'replace', `${address}/32`, 'dev', link);
  if (!withIpv6) return;
  await ip('-6', 'route', 'replace', 'unreachable', `${ipv6Network('linux', range)}/64`);
  for (const address of ipv6.slice(1)) await ip('-6', 'address', 'replace', `${address}/128`, 'dev', link, 'nodad');
}

/** Opens a range again. Its addresses go with its interface. */
export async function liftRoutes(range: RangeNumber): Promise<void> {
  const routes = [
    ['route', 'delete', 'unreachable', `${addressInRange(range, 0)}/24`],
    ['-6', 'route', 'delete', 'unreachable', `${ipv6Network('linux', range)}/64`],
  ];
  for (const args of routes) await runProgram({ program: 'ip', args });
}

async function ip(...args: string[]): Promise<void> {
  await requireProgram({ program: 'ip', args });
}
