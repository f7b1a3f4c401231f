import { ArmError } from '../../../errors/arm-error.ts';
import { PartialRemovalError } from '../../../errors/partial-removal-error.ts';
import type { Progress } from '../../../steps/progress.ts';
import type { Journal } from '../../creation.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { deleteResource, isThere, nameOf } from '../delete-resource.ts';
import { isSameId } from '../naming.ts';
import { type Refusal, Removal, targetsOf } from '../remove-own.ts';
import { kindOf } from '../resource-kinds.ts';
import { untagVm } from './tag-vm.ts';

/**
 * Takes azdock's own off a VM that it did not make: what the journal names, and its tags. The VM goes only when the journal names it,
 * too. Can be run again until it succeeds.
 *
 * @throws PartialRemovalError naming what is left
 */
export async function releaseMachine(
  machine: AzureMachine,
  journal: Journal,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const ids = journal.entries.filter(({ shared }) => !shared).map(({ id }) => id);
  if (ids.some((id) => isSameId(id, machine.names.ids.vm)))
    await removeAll(machine, ids, { journal, progress, signal });
  else await takeOff(machine, ids, { journal, progress, signal });
}

interface Release {
  readonly journal: Journal;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function takeOff(
  machine: AzureMachine,
  ids: readonly string[],
  { journal, progress, signal }: Release,
): Promise<void> {
  const { vm } = machine.names;
  for (const id of ids)
    await progress.step(`${nameOf(id)} off ${vm}`, async () => {
      await deleteResource(machine, id, { signal }).catch((error: unknown) => {
        throw error instanceof ArmError ? partial(machine, [{ id, error }]) : error;
      });
      await journal.forget(id);
    });
  await progress.step(`Tags of ${vm}`, () => untagVm(machine, signal));
}

async function removeAll(
  machine: AzureMachine,
  ids: readonly string[],
  { journal, progress, signal }: Release,
): Promise<void> {
  const removal = new Removal(machine, journal, signal);
  await progress.step(`Virtual machine ${machine.names.vm} with its disks, NICs and public IPs`, () =>
    removal.deleteVirtualMachine(targetsOf(ids)),
  );
  await progress.step('Verify that nothing of it is left', async (step) => {
    const rest = ids.filter((id) => !/\/extensions\//i.test(id));
    const left = await Promise.all(rest.map((id) => isThere(machine, id, signal)));
    if (removal.refusals.length > 0 && left.includes(true)) throw partial(machine, removal.refusals);
    step.title('Verified: nothing of it is left');
  });
}

function partial({ name, names }: AzureMachine, refusals: readonly Refusal[]): PartialRemovalError {
  const left = refusals.map(({ id }) => `${kindOf(id)?.kind.label ?? 'resource'} ${nameOf(id)}`);
  const [first] = refusals;
  const isOff = /VM is not running/i.test(first?.error.azure?.message ?? '');
  return new PartialRemovalError(
    `${name} is not wholly let go; left in Azure: ${left.join(', ')}.${isOff ? ` ${names.vm} has to run for that.` : ''}`,
    {
      resource: name,
      details: refusals.map(({ id, error }) => `${id}: ${error.message}`),
      cause: first?.error,
      ...(first?.error.azure === undefined ? {} : { azure: first.error.azure }),
      nextSteps: [
        ...(isOff ? [{ label: 'Start it', command: `azdock start ${name}` }] : []),
        { label: 'Try again', command: `azdock rm ${name}` },
      ],
    },
  );
}
