import type { Leftover, LostMachine, PruneReport } from '../machine/prune/prune-report.ts';
import { age } from './age.ts';
import { printable } from './printable.ts';
import { tabulate } from './table.ts';

const HEADINGS = ['KIND', 'NAME', 'MACHINE', 'GROUP', 'AGE', 'STATE', 'BILLED'];

/** What `prune` found, for people: what can go as a table, and in a line each what stays for a reason. */
export function pruneTable(report: PruneReport, now: Date): string {
  const machines = report.machines.filter(({ verdict }) => verdict === 'remove');
  const rows = [
    ...machines.flatMap(({ name, resources }) => resources.map((one) => row(one, label({ name }), now))),
    ...report.shared.map((one) => row(one, '-', now)),
  ];
  const table = rows.length === 0 ? `Nothing is left over in subscription ${report.subscription.name}.\n` : '';
  const lines = spared(report, now).map((line) => `${line}\n`);
  return `${table}${rows.length === 0 ? '' : tabulate([HEADINGS, ...rows])}${lines.join('')}`;
}

function row({ kind, name, group, state, isBilled, ...one }: Leftover, machine: string, now: Date): string[] {
  const ms = ageMs(one, now);
  return [kind, name, machine, group, ms === undefined ? '-' : age(ms), state ?? '-', isBilled ? 'yes' : 'no'];
}

function spared({ machines }: PruneReport, now: Date): string[] {
  const others = machines.filter(({ verdict }) => verdict === 'other-store');
  const young = machines.filter(({ verdict }) => verdict === 'young');
  return [
    ...(others.length === 0
      ? []
      : [`Left alone, as of another store: ${names(others)}. To see them:  azdock prune --all-stores --dry-run`]),
    ...(young.length === 0 ? [] : [`Left alone, as too young: ${young.map((one) => aged(one, now)).join(', ')}.`]),
  ];
}

function names(machines: readonly LostMachine[]): string {
  return machines.map(label).join(', ');
}

/** Names come out of tags, which anybody may have written. */
function label({ name, id = '-' }: { readonly name: string; readonly id?: string }): string {
  return printable(name || id).replace(/\s+/g, ' ');
}

function ageMs({ createdAt }: Pick<Leftover, 'createdAt'>, now: Date): number | undefined {
  return createdAt === undefined ? undefined : Math.max(0, now.getTime() - createdAt.getTime());
}

function aged(machine: LostMachine, now: Date): string {
  const ages = machine.resources.flatMap((one) => ageMs(one, now) ?? []);
  return ages.length === 0 ? label(machine) : `${label(machine)} (${age(Math.min(...ages))})`;
}

/** The same as JSON, with stable keys. */
export function pruneDocument(report: PruneReport, removed: readonly Leftover[], now: Date): object {
  const isGone = (one: Leftover) => removed.some(({ id }) => id === one.id);
  const resource = (one: Leftover) => {
    const ms = ageMs(one, now);
    return {
      id: one.id,
      kind: one.kind,
      name: one.name,
      group: one.group,
      location: one.location,
      createdAt: one.createdAt?.toISOString() ?? null,
      ageSeconds: ms === undefined ? null : Math.floor(ms / 1000),
      state: one.state ?? null,
      billed: one.isBilled,
      removed: isGone(one),
    };
  };
  return {
    subscription: report.subscription,
    machines: report.machines.map(({ name, id, storeId, origin, verdict, resources }) => ({
      name,
      id,
      store: storeId ?? null,
      origin,
      verdict,
      resources: resources.map(resource),
    })),
    shared: report.shared.map(resource),
  };
}
