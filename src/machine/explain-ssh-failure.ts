import { SshError } from '../errors/ssh-error.ts';
import type { NextStep } from '../errors/azdock-error.ts';
import { loadMachineSync } from '../store/load.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { suspectWay } from './suspect-way.ts';

/** How long Azure is asked why a host does not answer, in milliseconds. */
const EXPLAIN_TIMEOUT_MS = 5_000;

/**
 * An error of an SSH connection for the user: with the machine's state, where that explains it, and with ssh's own exit code.
 * Azure is asked only now, so that a working host needs no login to Azure. Other errors stay as they are.
 */
export async function explainSshFailure(error: unknown, name: string, context: MachineContext): Promise<unknown> {
  if (!(error instanceof SshError)) return error;
  const { message, failure, details } = error;
  const fromHost = failure === 'authentication' || failure === 'key';
  const state = fromHost ? undefined : await stateOfVm(name, context);
  if (state === undefined) {
    const nextSteps = [{ label: 'How it stands', command: `azdock status ${name}` }];
    const facts = { failure, details, nextSteps, resource: name, cause: error };
    const explained = new SshError(sentence(message), { ...facts, exitCode: 255 });
    return suspectWay(explained, loadMachineSync(context.storePath, name));
  }
  return new SshError(`Cannot run SSH command: Host "${name}" is not running. Azure says the VM is ${state.words}.`, {
    failure,
    details: [sentence(message)],
    nextSteps: state.nextSteps,
    resource: name,
    exitCode: 255,
    cause: error,
  });
}

/** Undefined when it runs, or when nobody can say. */
async function stateOfVm(
  name: string,
  context: MachineContext,
): Promise<{ readonly words: string; readonly nextSteps: readonly NextStep[] } | undefined> {
  try {
    const machine = loadMachineSync(context.storePath, name);
    if (machine.record.DriverName !== 'azure') return undefined;
    const driver = await driverOf(machine, { ...context, interactive: false });
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(EXPLAIN_TIMEOUT_MS)]);
    const { state, detail } = await driver.state(signal);
    if (state === 'Running') return undefined;
    const gone = state === 'NotFound';
    const next = gone
      ? { label: 'Clean up', command: `azdock rm ${name}` }
      : { label: 'Start it', command: `azdock start ${name}` };
    return { words: gone ? 'gone' : (detail ?? state.toLowerCase()), nextSteps: [next] };
  } catch {
    // No login, no answer in time: what SSH says is all there is to say.
    return undefined;
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
