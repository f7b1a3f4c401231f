import type { MachineState } from '../drivers/driver.ts';
import { NotRunningError } from '../errors/not-running-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { loadMachineSync, type StoredMachine } from '../store/load.ts';
import { inNaturalOrder, machineNamesSync } from '../store/names.ts';
import { enginePort, engineUrl, recordedAddress } from './address.ts';
import type { MachineContext } from './machine-context.ts';
import { machineUrl } from './machine-url.ts';
import { stateOf } from './status.ts';

export interface ActiveQuestion {
  /** DOCKER_HOST. */
  readonly dockerHost: string | undefined;
  /** Milliseconds that finding out may take. */
  readonly timeoutMs: number;
}

/**
 * The machine that DOCKER_HOST points at, if it runs. Only the machine whose URL it is gets asked; docker-machine asks all of
 * them, and Azure about each. Records without an address, which docker-machine leaves, are looked up when no other fits.
 *
 * @throws NotRunningError when there is none; TimeoutError
 */
export async function activeMachine(question: ActiveQuestion, context: MachineContext): Promise<string> {
  const { dockerHost, timeoutMs } = question;
  if (dockerHost === undefined || dockerHost === '') throw noActiveHost();
  const timeout = AbortSignal.timeout(timeoutMs);
  const hurried = { ...context, interactive: false, signal: AbortSignal.any([context.signal, timeout]) };
  const { located, unlocated } = readable(context);
  const same = located.filter(({ url }) => url === dockerHost).map(({ name }) => name);
  const finding = async () =>
    firstRunning(same.length > 0 ? same : await lookUp(unlocated, dockerHost, hurried), hurried);
  // Not everything on the way listens to the signal: starting a sandbox, or a login by another program.
  const found = await Promise.race([finding(), ended(hurried.signal)]);
  context.signal.throwIfAborted();
  if (found !== undefined) return found;
  if (timeout.aborted) throw new TimeoutError('Error getting active host: timeout');
  throw noActiveHost(same[0]);
}

function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}

/** Machines by whether their URL is on record. Those that cannot be read are nobody's active machine. */
function readable(context: MachineContext): { located: { name: string; url: string }[]; unlocated: StoredMachine[] } {
  const { storePath } = context;
  const located: { name: string; url: string }[] = [];
  const unlocated: StoredMachine[] = [];
  for (const name of inNaturalOrder(machineNamesSync(storePath))) {
    try {
      const machine = loadMachineSync(storePath, name);
      const host = recordedAddress(machine.record);
      if (host !== undefined) located.push({ name, url: machineUrl(machine, host, context) });
      else if (machine.record.DriverName === 'azure') unlocated.push(machine);
    } catch {
      // `ls` shows what is wrong with it.
    }
  }
  return { located, unlocated };
}

async function lookUp(
  machines: readonly StoredMachine[],
  dockerHost: string,
  context: MachineContext,
): Promise<readonly string[]> {
  if (machines.length === 0) return [];
  const { driverOf } = await import('./open-driver.ts');
  const urls = await Promise.allSettled(
    machines.map(async (machine) => {
      const host = await (await driverOf(machine, context)).address(context.signal);
      return host === undefined ? undefined : engineUrl(host, enginePort(machine.record));
    }),
  );
  return machines
    .filter((_machine, at) => {
      const answer = urls[at];
      return answer?.status === 'fulfilled' && answer.value === dockerHost;
    })
    .map(({ record }) => record.Name);
}

async function firstRunning(names: readonly string[], context: MachineContext): Promise<string | undefined> {
  for (const name of names) {
    // Whoever cannot be asked is not known to run.
    const state = await stateOf(name, context).catch((): MachineState => 'None');
    if (state === 'Running') return name;
  }
  return undefined;
}

/** Worded as docker-machine words it (docker/machine:commands/active.go). */
function noActiveHost(silent?: string): NotRunningError {
  if (silent === undefined) return new NotRunningError('No active host found');
  return new NotRunningError('No active host found', {
    resource: silent,
    details: [`DOCKER_HOST is the URL of ${silent}, which does not answer.`],
    nextSteps: [{ label: 'How it stands', command: `azdock status ${silent}` }],
  });
}
