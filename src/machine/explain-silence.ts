import type { AzdockError, NextStep } from '../errors/azdock-error.ts';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { loadMachineSync, type StoredMachine } from '../store/load.ts';
import { clockProblem } from './clock-skew.ts';
import type { MachineContext } from './machine-context.ts';
import { suspectWay } from './suspect-way.ts';
import { unfinishedSteps, unfinishedWork } from './unfinished-work.ts';

/** How long Azure is asked why an engine does not answer. */
const EXPLAIN_TIMEOUT_MS = 5_000;

/** Adds that the machine is not finished, or else what Azure says about the VM, when it says so quickly. */
export async function explainSilence(
  error: EngineUnreachableError,
  name: string,
  context: MachineContext,
): Promise<AzdockError> {
  const machine = loadMachineSync(context.storePath, name);
  return suspectWay(await explain(error, machine, context), machine);
}

async function explain(
  error: EngineUnreachableError,
  { record, sidecar }: StoredMachine,
  context: MachineContext,
): Promise<AzdockError> {
  const name = record.Name;
  const cleanUp = { label: 'Clean up', command: `azdock rm ${name}` };
  const unfinished = unfinishedWork(name, sidecar, context.storePath);
  if (unfinished !== undefined && sidecar !== undefined)
    return because(error, `Its ${unfinished} did not finish.`, unfinishedSteps(name, sidecar));
  try {
    const { openDriver } = await import('./open-driver.ts');
    const driver = await openDriver(name, { ...context, interactive: false });
    if (driver.name !== 'azure') return error;
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(EXPLAIN_TIMEOUT_MS)]);
    const { state, detail } = await driver.state(signal);
    if (state === 'Running') return withClock(error, context);
    const start = { label: 'Start it', command: `azdock start ${name}` };
    const nextSteps = state === 'NotFound' ? [cleanUp] : state === 'Stopped' ? [start] : error.nextSteps;
    return because(error, `Azure says the VM is ${detail ?? state}.`, nextSteps);
  } catch {
    // No login, no answer in time: what the engine did is all there is to say.
    return error;
  }
}

/** Azure has told the time: a wrong clock here explains certificates that seem to be of another time. */
function withClock(error: EngineUnreachableError, context: MachineContext): EngineUnreachableError {
  const isAboutCertificates = ['server-certificate', 'client-certificate', 'closed'].includes(error.failure);
  const clock = isAboutCertificates ? clockProblem(context) : undefined;
  return clock === undefined ? error : because(error, clock, error.nextSteps);
}

function because(error: EngineUnreachableError, why: string, nextSteps: readonly NextStep[]): EngineUnreachableError {
  const { failure, resource } = error;
  return new EngineUnreachableError(`${error.message} ${why}`, {
    failure,
    nextSteps,
    cause: error,
    ...(resource === undefined ? {} : { resource }),
  });
}
