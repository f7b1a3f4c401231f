import type { SecurityRule } from '@azure/arm-network';
import type { FoundVm } from '../existing/read-vm.ts';
import { vmOptions } from '../existing/vm-options.ts';
import { inboundRules, portsOf, sourcesOf } from '../judge-rules.ts';
import { tagOf } from '../leftovers/tagged-resource.ts';
import { ID_TAG } from '../naming.ts';
import type { AzureOptions } from '../options.ts';
import { isOwnRule } from '../security-rules.ts';
import { EVERYBODY } from '../sources.ts';

/** What Azure still knows of what a machine was asked to be. */
export interface ReadOptions {
  readonly options: Partial<AzureOptions>;
  /** Port that azdock's own rules open for the engine; undefined where none does. */
  readonly enginePort: number | undefined;
}

/** The options of a machine that azdock has made, out of its resources and the rules of its own firewall. */
export function machineOptions(found: FoundVm, machineId: string): ReadOptions {
  const { existing: _, securityGroup, ...read } = vmOptions(found);
  const firewall = found.groups.find(({ tags }) => tagOf(tags, ID_TAG) === machineId);
  const rules = firewall === undefined ? [] : inboundRules({ ...firewall, defaultSecurityRules: [] }).filter(isOwnRule);
  const docker = rules.find(({ name }) => /^(azdock-)?DockerAllow/.test(name ?? ''));
  return {
    options: {
      ...read,
      ...(firewall === undefined ? { ...(securityGroup === undefined ? {} : { securityGroup }) } : {}),
      ...(rules.length === 0 ? {} : { allowFrom: allowedSources(rules) }),
      openPorts: openPorts(rules),
      tags: foreignTags(found.vm.tags),
      dataDisks: (found.vm.storageProfile?.dataDisks ?? []).map(({ diskSizeGB, managedDisk }) =>
        [diskSizeGB ?? 1, managedDisk?.storageAccountType].filter((part) => part !== undefined).join(':'),
      ),
    },
    enginePort: docker === undefined ? undefined : Number(portsOf(docker)[0]),
  };
}

function allowedSources(rules: readonly SecurityRule[]): readonly string[] {
  const sources = [...new Set(rules.flatMap(sourcesOf))];
  return sources.includes(EVERYBODY) ? [EVERYBODY] : sources;
}

/** Rules that `--azure-open-port` made are called after it: `Port80-TcpAllowAny`. */
function openPorts(rules: readonly SecurityRule[]): readonly string[] {
  const ports = rules
    .filter(({ name }) => /^(azdock-)?Port/.test(name ?? ''))
    .flatMap((rule) => portsOf(rule).map((range) => `${range}/${(rule.protocol ?? '*').toLowerCase()}`));
  return [...new Set(ports)];
}

function foreignTags(tags: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags ?? {}).filter(([name]) => !/^azdock-/i.test(name)));
}
