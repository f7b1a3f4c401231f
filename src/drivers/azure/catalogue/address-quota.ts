import type { Usage } from '@azure/arm-network';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import type { Quota } from './core-quota.ts';
import { squeezeLocation } from './location-name.ts';

/** A quota of public addresses, with its name as people read it. */
export interface AddressQuota {
  readonly name: string;
  readonly quota: Quota;
  /** Addresses that one machine takes of it. */
  readonly needed: number;
}

/** Azure's names of the quotas that a Standard address counts against (Microsoft.Network, usages). */
const NAMES = {
  all: 'standardskupublicipaddresses',
  IPv4: 'ipv4standardskupublicipaddresses',
  IPv6: 'ipv6standardskupublicipaddresses',
};

/** The quotas that the machine's public addresses count against. Empty without such addresses, and where this login may not ask. */
export async function addressQuotas(machine: AzureMachine): Promise<readonly AddressQuota[]> {
  const { batch, options, session } = machine;
  if (options.noPublicIp) return [];
  const location = squeezeLocation(options.location);
  const usages = await batch.share('usages of the network', () =>
    unlessForbidden(() =>
      session.call(deed(machine, `read quotas of ${location}`, location), undefined, async (to) => {
        const found: Usage[] = [];
        for await (const usage of (await to.network()).usages.list(location)) found.push(usage);
        return found;
      }),
    ),
  );
  return parseAddressQuotas(usages ?? [], options.ipv6);
}

function parseAddressQuotas(usages: readonly Usage[], ipv6: boolean): readonly AddressQuota[] {
  const wanted = [
    { key: NAMES.IPv4, name: 'public IPv4 addresses', needed: 1 },
    ...(ipv6 ? [{ key: NAMES.IPv6, name: 'public IPv6 addresses', needed: 1 }] : []),
    { key: NAMES.all, name: 'public addresses in all', needed: ipv6 ? 2 : 1 },
  ];
  return wanted.flatMap(({ key, name, needed }) => {
    const found = usages.find((usage) => usage.name.value?.toLowerCase() === key);
    if (found === undefined) return [];
    const { limit, currentValue: used } = found;
    return [{ name, needed, quota: { limit, used, left: Math.max(0, limit - used) } }];
  });
}
