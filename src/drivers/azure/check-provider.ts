import { TimeoutError } from '../../errors/timeout-error.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** A registration of a provider takes Azure a minute or two. */
const REGISTRATION_MS = 10 * 60_000;

/**
 * Registers a resource provider with the subscription where that was never done; in a dry run it is left for later.
 * @throws ArmError; TimeoutError after ten minutes
 */
export async function checkProvider(machine: AzureMachine, namespace: string): Promise<void> {
  const { batch, session, dependencies } = machine;
  const { signal } = dependencies;
  if ((await isRegistered(machine, namespace)) !== false || batch.isDryRun) return;
  await session.call(deed(machine, `register ${namespace}`, namespace), undefined, async (to) =>
    (await to.resources()).providers.register(namespace),
  );
  const wait = { what: `Registration of ${namespace}`, deadlineMs: REGISTRATION_MS, intervalMs: 5_000 };
  const registered = waitUntil(
    { ...wait, clock: session.clock, ...(signal === undefined ? {} : { signal }) },
    async () => {
      const isDone = await readRegistration(machine, namespace).catch((error: unknown) => {
        throw new StopWaiting(error);
      });
      if (!isDone) throw new Error(`${namespace} is registering`);
    },
  );
  await registered.catch((error: unknown) => {
    throw error instanceof DeadlineError ? stillRegistering(machine, namespace, error) : error;
  });
}

function stillRegistering({ name, session }: AzureMachine, namespace: string, cause: DeadlineError): TimeoutError {
  const { subscriptionId, subscriptionName } = session;
  const minutes = Math.round(cause.waitedMs / 60_000);
  return new TimeoutError(
    `Subscription ${subscriptionName} has been registering ${namespace} for ${minutes} minutes, and is not done.`,
    {
      cause,
      resource: namespace,
      nextSteps: [
        {
          label: 'How it stands',
          command: `az provider show -n ${namespace} --subscription ${subscriptionId} --query registrationState`,
        },
        { label: 'When it is done', command: `azdock create ${name}` },
      ],
    },
  );
}

/** Whether the subscription can use a resource provider. Undefined where this login may not ask. */
export function isRegistered(machine: AzureMachine, namespace: string): Promise<boolean | undefined> {
  return machine.batch.share(`registration of ${namespace}`, () =>
    unlessForbidden(() => readRegistration(machine, namespace)),
  );
}

function readRegistration(machine: AzureMachine, namespace: string): Promise<boolean> {
  return machine.session.call(deed(machine, `register ${namespace}`, namespace), undefined, async (to) =>
    /^registered$/i.test((await (await to.resources()).providers.get(namespace)).registrationState ?? ''),
  );
}
