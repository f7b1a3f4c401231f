import { StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** A registration of a provider takes Azure a minute or two. */
const REGISTRATION_MS = 10 * 60_000;

/** Registers a resource provider with the subscription where that was never done. @throws ArmError, DeadlineError */
export async function checkProvider(machine: AzureMachine, namespace: string): Promise<void> {
  const { session } = machine;
  const call = <T>(work: Parameters<typeof session.call<T>>[2]) =>
    session.call(deed(machine, `register ${namespace}`, namespace), undefined, work);
  const isRegistered = () =>
    call(async (to) =>
      /^registered$/i.test((await (await to.resources()).providers.get(namespace)).registrationState ?? ''),
    );
  const known = await unlessForbidden(isRegistered);
  if (known !== false) return;
  await call(async (to) => (await to.resources()).providers.register(namespace));
  const wait = { what: `Registration of ${namespace}`, deadlineMs: REGISTRATION_MS, intervalMs: 5_000 };
  await waitUntil({ ...wait, clock: session.clock }, async () => {
    const isDone = await isRegistered().catch((error: unknown) => {
      throw new StopWaiting(error);
    });
    if (!isDone) throw new Error(`${namespace} is registering`);
  });
}
