import type { AzureOptionValues } from '../../drivers/azure/resolve-options.ts';
import { SandboxError } from '../../errors/sandbox-error.ts';
import type { MachineContext } from '../machine-context.ts';
import type { Checked } from './check.ts';
import { BY_WEIGHT, type Verdict } from './finding.ts';
import type { DoctorSurroundings } from './surroundings.ts';

export interface DoctorRequest {
  /** Undefined looks at this computer and the subscription. */
  readonly name: string | undefined;
  /** For all checks together. */
  readonly timeoutMs: number;
  /** How new machines would be made: login, subscription, region. */
  readonly azure: AzureOptionValues;
  /** Public addresses that this computer is known to have. */
  readonly ownAddresses: readonly string[];
  /** Docker's configuration directory, absolute. */
  readonly dockerConfig: string;
  /** `24.1.0` */
  readonly nodeVersion: string;
  /** What time it is by this computer's clock. */
  now(): Date;
}

/** What `doctor` has found. */
export interface DoctorReport {
  /** Null for this computer. */
  readonly name: string | null;
  /** The one of all checks that matters most. */
  readonly verdict: Verdict;
  readonly checks: readonly Checked[];
}

/** One attempt to reach something may take half of the time that there is in all, and no more than this, in milliseconds. */
const LONGEST_PROBE_MS = 5_000;

/**
 * Looks at this computer and the subscription, or at a machine, and changes nothing: no file, no resource, no process is made.
 *
 * @throws MachineNotFoundError; UsageError for options that are none; the signal's reason when the user interrupts
 */
export async function examine(request: DoctorRequest, context: MachineContext): Promise<DoctorReport> {
  const { now, ownAddresses, dockerConfig, timeoutMs } = request;
  const surroundings: DoctorSurroundings = {
    context: quiet(context),
    now,
    probeMs: Math.min(LONGEST_PROBE_MS, timeoutMs / 2),
    ownAddresses,
    dockerConfig,
  };
  const checks = await context.progress.step(title(request), async (step) => {
    const run = { request, surroundings, onProgress: (open: readonly string[]) => step.detail(open.join(', ')) };
    if (request.name === undefined) return (await import('./examine-computer.ts')).examineComputer(run);
    return (await import('./examine-machine.ts')).examineMachine(request.name, run);
  });
  const verdicts = checks.map(({ verdict }) => verdict);
  const verdict = BY_WEIGHT.find((each) => verdicts.includes(each)) ?? 'ok';
  return { name: request.name ?? null, verdict: verdict === 'not-checked' ? 'ok' : verdict, checks };
}

/** One of the two examinations. */
export interface Examination {
  readonly request: DoctorRequest;
  readonly surroundings: DoctorSurroundings;
  onProgress(waitingFor: readonly string[]): void;
}

function title({ name }: DoctorRequest): string {
  return name === undefined ? 'Look at this computer and the subscription' : `Look at ${name}`;
}

/** Nobody is asked, and nothing is started. */
function quiet(context: MachineContext): MachineContext {
  return {
    ...context,
    interactive: false,
    notify() {},
    startSandbox: () =>
      Promise.reject(
        new SandboxError('The sandbox is down.', { nextSteps: [{ label: 'Start it', command: 'azdock sandbox up' }] }),
      ),
    startTunnel: () => Promise.reject(new Error('doctor starts no tunnel')),
  };
}
