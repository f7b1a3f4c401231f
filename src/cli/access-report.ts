import type { MachineAccess } from '../machine/allow.ts';
import { tabulate } from './table.ts';

/** Who may reach a machine, for people. */
export function accessReport(access: MachineAccess): string {
  const { name, group, isOwn, allowFrom, rules, recorded, hasDrifted } = access;
  const firewall = group.split('/').at(-1) ?? group;
  const owner = isOwn ? "the machine's own" : 'which stays as it is';
  const rows = rules.map((rule) => [
    rule.name,
    rule.allows ? 'allow' : 'deny',
    rule.protocol === '*' ? 'any' : rule.protocol,
    rule.ports.join(','),
    rule.from.map((source) => (source === '*' ? 'everybody' : source)).join(', '),
    rule.isOwn ? 'azdock' : 'somebody else',
  ]);
  const table = tabulate([['RULE', 'DOES', 'PROTOCOL', 'PORTS', 'FROM', 'BY'], ...rows]);
  const drift = hasDrifted
    ? [
        `The record of ${name} says ${words(recorded ?? [])}, and Azure has ${words(allowFrom)}: somebody changed it there.`,
        `To have it as the record says:  azdock allow ${name} ${(recorded ?? []).map(quoted).join(' ')}`,
      ]
    : [];
  return [`${name} is guarded by ${firewall}, ${owner}.`, table.trimEnd(), ...drift].join('\n');
}

function words(sources: readonly string[]): string {
  return sources.length === 0 ? 'nobody' : sources.map((source) => (source === '*' ? 'everybody' : source)).join(', ');
}

function quoted(source: string): string {
  return source === '*' ? "'*'" : source;
}
