import { AzdockError } from '../../errors/azdock-error.ts';
import { MachineNotFoundError } from '../../errors/machine-not-found-error.ts';
import { loadMachineSync, type StoredMachine } from '../../store/load.ts';
import type { Checked } from './check.ts';
import type { Examination } from './doctor.ts';
import { failureFinding } from './failure-finding.ts';
import { machineChecks } from './machine/checks.ts';
import { type OpenSubject, openSubject } from './machine/open-subject.ts';
import { runChecks } from './run-checks.ts';

/** @throws MachineNotFoundError; the signal's reason when the user interrupts */
export async function examineMachine(
  name: string,
  { request, surroundings, onProgress }: Examination,
): Promise<readonly Checked[]> {
  const { context } = surroundings;
  const { clock, storePath } = context;
  const end = new AbortController();
  const signal = AbortSignal.any([context.signal, end.signal]);
  let open: OpenSubject | undefined;
  try {
    const stored: StoredMachine = loadMachineSync(storePath, name);
    open = await openSubject(stored, surroundings, signal);
    const { timeoutMs } = request;
    const again = `azdock doctor ${name}`;
    const run = { checks: machineChecks, timeoutMs, clock, signal: context.signal, again, onProgress };
    return await runChecks({ ...run, subject: open.subject });
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof AzdockError) || error instanceof MachineNotFoundError) throw error;
    // Without a record that can be read, there is nothing else to look at.
    return [{ id: 'record', title: 'Record', ...failureFinding(error), elapsedMs: 0 }];
  } finally {
    end.abort(new Error('the checks are over'));
    await open?.close();
  }
}
