import type { JournalEntry } from './world-sandbox.ts';

/** The names that tell one machine's requests from another's. */
export interface CaseNames {
  readonly machine: string;
  readonly group: string;
}

/** A request to Azure that azdock was seen to make, whatever the machine is called. */
export interface CloudCall {
  readonly method: string;
  /** Below the subscription, with `{group}` and `{machine}` for the names. */
  readonly path: string;
  readonly startsOperation: boolean;
}

/** The different calls among requests about one machine, in their order. Those that name neither machine nor group are left out. */
export function callsAmong(entries: readonly JournalEntry[], names: CaseNames): CloudCall[] {
  const calls = new Map<string, CloudCall>();
  for (const { method, path, operation } of entries) {
    const below = path.replace(/^\/subscriptions\/[^/]+/, '');
    const general = below.replaceAll(names.group, '{group}').replaceAll(names.machine, '{machine}');
    if (general === below) continue;
    const known = calls.get(`${method} ${general}`);
    const startsOperation = operation !== null || known?.startsOperation === true;
    calls.set(`${method} ${general}`, { method, path: general, startsOperation });
  }
  return [...calls.values()];
}

export function changes({ method }: { readonly method: string }): boolean {
  return method !== 'GET';
}

/** The path below the subscription for a machine and group. */
export function pathFor(call: CloudCall, names: CaseNames): string {
  return call.path.replaceAll('{group}', names.group).replaceAll('{machine}', names.machine);
}

/** The same as a pattern for faults. */
export function patternFor(call: CloudCall, names: CaseNames): string {
  return `^/subscriptions/[^/]+${pathFor(call, names).replaceAll('.', '\\.')}$`;
}

/** For people: `PUT virtualMachines/{machine}`. */
export function titleOf({ method, path }: CloudCall): string {
  return `${method} ${path.replace(/^\/resourcegroups\/\{group\}\/providers\/Microsoft\.\w+\//i, '').replace(/^\//, '')}`;
}
