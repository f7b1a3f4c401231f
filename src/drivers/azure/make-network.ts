import type { NetworkInterface } from '@azure/arm-network';
import type { StepHandle } from '../../steps/progress.ts';
import { addresses } from './addresses.ts';
import type { Making } from './making.ts';
import { putFirewall, putNic } from './network.ts';
import { type PublicIps, putPublicIp } from './public-ip.ts';
import { isVanished, untilItStays } from './resource-group.ts';
import { ensureSubnet } from './virtual-network.ts';

type Connection = PublicIps & { readonly nic: NetworkInterface };

/** Firewall, network and public IPs know nothing of each other, so they are made at once; the NIC joins them. */
export async function makeNetwork(making: Making, step: StepHandle): Promise<void> {
  const { names, options } = making.machine;
  const around = () => [
    names.securityGroup === undefined ? putFirewall(making) : Promise.resolve(),
    ensureSubnet(making),
  ];
  const main = await connect(making, around);
  const address = options.noPublicIp ? names.nic : names.publicIp;
  const firewall = names.securityGroup?.name ?? names.firewall;
  step.title(`Network ${firewall}, ${names.vnet}, ${address} ${main ?? ''}`.trimEnd());
}

/** Makes public addresses and NIC anew, in the network that is there. */
export async function remakeAddress(making: Making): Promise<void> {
  await connect(making, () => []);
}

/** @returns the main address */
async function connect(making: Making, around: () => Promise<unknown>[]): Promise<string | undefined> {
  const { machine, creation } = making;
  const { options, session } = machine;
  const found = await untilItStays(making, async (): Promise<Connection> => {
    const absent = Promise.resolve(undefined);
    const publicIp = options.noPublicIp ? absent : putPublicIp(making, 'IPv4');
    const publicIpV6 = options.noPublicIp || !options.ipv6 ? absent : putPublicIp(making, 'IPv6');
    await allDone([...around(), publicIp, publicIpV6]);
    return { publicIp: await publicIp, publicIpV6: await publicIpV6, nic: await putNic(making) };
  });
  const { main, others } = addresses(options, session.cloud, found);
  creation.address = main;
  creation.alternativeAddresses = [...others];
  return main;
}

/** Waits for all, even when one fails: nothing may still be on its way to Azure when a step has ended. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  // One that trying again cannot cure stands before those that it can.
  const worst = failures.find((failure) => !isVanished(failure)) ?? failures[0];
  if (worst !== undefined) throw worst;
}
