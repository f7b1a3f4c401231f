import type { AttachableMachine, AttachedMachine } from '../machine/attach/attach-report.ts';
import { age } from './age.ts';
import { printable } from './printable.ts';
import { tabulate } from './table.ts';

/** Machines that could be attached, as a table. */
export function attachableTable(machines: readonly AttachableMachine[], now: Date): string {
  if (machines.length === 0) return 'There is no machine in this subscription that this store does not have.\n';
  const rows = machines.map(({ name, resourceGroup, location, size, isOwn, isAdopted, createdAt }) => [
    // Names come out of tags, which anybody may have written.
    printable(name).replace(/\s+/g, ' '),
    resourceGroup,
    location,
    size,
    isOwn ? 'this store' : 'another store',
    isAdopted ? 'yes' : 'no',
    createdAt === null ? '-' : age(Math.max(0, now.getTime() - Date.parse(createdAt))),
  ]);
  return tabulate([['NAME', 'GROUP', 'LOCATION', 'SIZE', 'MADE BY', 'ADOPTED', 'AGE'], ...rows]);
}

/** What became of one. */
export function attachedLine({ name, url, access, engineVersion }: AttachedMachine): string {
  if (access === 'none') return `${name} is attached without access.`;
  const docker = engineVersion === null ? 'its engine does not answer from here' : `Docker ${engineVersion}`;
  return `${name} is attached: ${docker}${url === null ? '' : ` at ${url}`}.`;
}
