import { PartialRemovalError } from '../../errors/partial-removal-error.ts';
import type { Progress } from '../../steps/progress.ts';
import type { Journal } from '../creation.ts';
import type { AzureMachine } from './azure-machine.ts';
import { isThere, nameOf } from './delete-resource.ts';
import { disks, publicIps } from './describe-removal.ts';
import { findTargets, listTagged, type Refusal, Removal, type Targets } from './remove-own.ts';
import { removeShared } from './remove-shared.ts';
import { kindOf, reservedWords } from './resource-kinds.ts';

/**
 * Removes a machine with all that it owns, then asks Azure whether anything is left. Can be run at any time, after a
 * creation or removal that stopped anywhere, and again until it succeeds.
 *
 * @throws PartialRemovalError naming what is left, with the reason that Azure gives
 */
export async function removeMachine(
  machine: AzureMachine,
  journal: Journal,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const targets = await findTargets(machine, journal, signal);
  const removal = new Removal(machine, journal, signal);
  removal.onReserved = (id) => progress.info(reservedWords(id));
  await progress.step(describeVm(machine), () => removal.deleteVirtualMachine(targets));
  // Where the user's own security group guards the machine, there is none to remove.
  if (targets.firewalls.length > 0 || machine.options.securityGroup === undefined)
    await progress.step('Firewall', () => removal.deleteFirewall(targets));
  await progress.step(`Verify that nothing tagged ${machine.name} is left`, async (step) => {
    const refusals = await verify({ machine, journal, signal, targets, first: removal });
    if (refusals.length > 0) throw partial(machine, refusals);
    step.detail('shared network and resource group');
    const kept: Refusal[] = [];
    await removeShared({ machine, journal, signal, progress, refusals: kept });
    if (kept.length > 0) throw partial(machine, kept);
    step.title(`Verified: nothing tagged ${machine.name} is left`);
  });
}

function describeVm({ options }: AzureMachine): string {
  return ['Virtual machine', disks(options.dataDisks.length), 'NIC', ...publicIps(options)].join(', ');
}

/**
 * Asks by name for everything that was to be deleted, and by tag for everything else, and deletes once more what is still
 * there: a request may have overtaken the one that made the resource.
 */
export async function verify(check: {
  machine: AzureMachine;
  journal: Journal;
  signal: AbortSignal;
  targets: Targets;
  first: Removal;
}): Promise<readonly Refusal[]> {
  const { machine, journal, signal, targets, first } = check;
  if (!(await isAnythingLeft(machine, targets, signal))) return [];
  // What Azure refused a moment ago, after all patience, is not asked for again.
  if (first.refusals.length > 0) return first.refusals;
  const again = await findTargets(machine, journal, signal);
  const merged = merge(targets, again);
  const second = new Removal(machine, journal, signal);
  await second.deleteVirtualMachine(merged);
  await second.deleteFirewall(merged);
  return second.refusals;
}

async function isAnythingLeft(machine: AzureMachine, targets: Targets, signal: AbortSignal): Promise<boolean> {
  const own = [targets.vms, targets.disks, targets.nics, targets.publicIps, targets.firewalls].flat();
  const tagged = await listTagged(machine, signal);
  const found = await Promise.all([...own, ...tagged].map((id) => isThere(machine, id, signal)));
  return found.includes(true);
}

function merge(one: Targets, other: Targets): Targets {
  const both = (key: keyof Targets) => [...new Set([...one[key], ...other[key]])];
  return {
    vms: both('vms'),
    extensions: both('extensions'),
    disks: both('disks'),
    nics: both('nics'),
    publicIps: both('publicIps'),
    firewalls: both('firewalls'),
  };
}

function partial({ name }: AzureMachine, refusals: readonly Refusal[]): PartialRemovalError {
  const left = refusals.map(({ id }) =>
    [kindOf(id)?.kind.label, nameOf(id)].filter((word) => word !== undefined).join(' '),
  );
  const [first] = refusals;
  return new PartialRemovalError(`${name} is not wholly removed; left in Azure: ${left.join(', ')}.`, {
    resource: name,
    details: refusals.map(({ id, error }) => `${id}: ${error.message}`),
    cause: first?.error,
    ...(first?.error.azure === undefined ? {} : { azure: first.error.azure }),
    nextSteps: [{ label: 'Try again', command: `azdock rm ${name}` }],
  });
}
