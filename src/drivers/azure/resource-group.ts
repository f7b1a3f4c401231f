import { ArmError } from '../../errors/arm-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import type { Journal } from '../creation.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions } from './long-running.ts';
import type { Making } from './making.ts';
import { sharedTags } from './naming.ts';

/** Half of all groups are gone after 3 minutes, nine of ten after 13 (recordings of ARM traffic, 2017 to 2022). */
export const GROUP_DELETION_MS = 15 * 60_000;
/** Times that things may vanish under a creation. */
const TRIES = 4;
/** Pause between two looks at a group that is being deleted. */
const POLL_MS = 3_000;

/**
 * Makes sure that the machine's resource group is there. A group that is just being deleted, by the removal of the last
 * machine in it, is waited out and made anew.
 *
 * @returns whether it was there
 * @throws ArmError, TimeoutError
 */
export async function ensureGroup(
  machine: AzureMachine,
  journal: Journal,
  signal: AbortSignal,
): Promise<'existed' | 'created'> {
  const { names } = machine;
  for (;;) {
    if ((await findGroup(machine, signal)) === 'there') return 'existed';
    await awaitGroupEnd(machine, signal);
    await journal.intend(names.ids.group, { shared: true });
    await journal.ownResourceGroup();
    try {
      await putGroup(machine, signal);
      return 'created';
    } catch (error) {
      if (!isGroupGoing(error)) throw error;
      await machine.session.clock.sleep(POLL_MS, signal);
    }
  }
}

async function putGroup(machine: AzureMachine, signal: AbortSignal): Promise<void> {
  const { names, session, options } = machine;
  await session.call(deed(machine, `create resource group ${names.group}`, names.group), signal, async (to) => {
    const body = { location: options.location, tags: sharedTags() };
    await (await to.resources()).resourceGroups.createOrUpdate(names.group, body, callOptions(signal));
  });
}

/**
 * Runs work that can be repeated, again when things vanished under it: the removal of another machine may have found group
 * or network unused just before, and what had been made in the group meanwhile is gone with it.
 */
export async function untilItStays<T>({ machine, creation, signal }: Making, work: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isVanished(error) || failures === TRIES) throw error;
      await ensureGroup(machine, creation.journal, signal);
    }
  }
}

/** What Azure answers when the group, or something that a request refers to, is not there; its codes vary with the moment. */
export function isVanished(error: unknown): boolean {
  const code = error instanceof ArmError ? (error.azure?.code ?? '') : '';
  return (
    isGroupGoing(error) ||
    /^(InvalidResourceReference|ResourceNotFound|ParentResourceNotFound|NotFound|SubnetNotFound|OperationCanceled)$/.test(
      code,
    )
  );
}

/** Waits until nobody is deleting the group any more: as a rule, until it is gone. @throws TimeoutError */
export async function awaitGroupEnd(machine: AzureMachine, signal: AbortSignal): Promise<void> {
  const { names, session } = machine;
  const wait = { what: `The end of resource group ${names.group}`, deadlineMs: GROUP_DELETION_MS, intervalMs: POLL_MS };
  const free = waitUntil({ ...wait, clock: session.clock, signal }, async () => {
    const state = await findGroup(machine, signal).catch((error: unknown) => {
      throw new StopWaiting(error);
    });
    if (state === 'deleting') throw new Error(`${names.group} is being deleted`);
  });
  await free.catch((error: unknown) => {
    throw error instanceof DeadlineError ? stillGoing(machine, error) : error;
  });
}

function stillGoing({ name, names }: AzureMachine, error: DeadlineError): TimeoutError {
  const minutes = Math.round(error.waitedMs / 60_000);
  return new TimeoutError(
    `Resource group ${names.group} has been on its way out for ${minutes} minutes, and is still there.`,
    {
      cause: error,
      resource: names.group,
      nextSteps: [
        { label: 'How it stands', command: `az group show -n ${names.group} --query properties.provisioningState` },
        { label: 'When it is gone', command: `azdock rm ${name}` },
      ],
    },
  );
}

async function findGroup(machine: AzureMachine, signal: AbortSignal): Promise<'there' | 'deleting' | 'absent'> {
  const { names, session } = machine;
  return session.call(deed(machine, `find resource group ${names.group}`, names.group), signal, async (to) => {
    try {
      const group = await (await to.resources()).resourceGroups.get(names.group, callOptions(signal));
      return group.properties?.provisioningState === 'Deleting' ? 'deleting' : 'there';
    } catch (error) {
      if (isNotFound(error)) return 'absent';
      throw error;
    }
  });
}

/** True when a refusal says that the group is gone or going. */
export function isGroupGoing(error: unknown): boolean {
  return error instanceof ArmError && /^ResourceGroup(BeingDeleted|NotFound)$/.test(error.azure?.code ?? '');
}
