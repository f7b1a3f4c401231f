import { azureOptions } from '../../drivers/azure/resolve-options.ts';
import { azureProbe } from './azure/azure-probe.ts';
import type { Checked } from './check.ts';
import { computerChecks } from './computer/checks.ts';
import type { Examination } from './doctor.ts';
import { runChecks } from './run-checks.ts';

/** What stands for the name of a machine that is not there yet. */
const NOBODY = 'dev';

/** @throws UsageError for options that are none; the signal's reason when the user interrupts */
export async function examineComputer({ request, surroundings, onProgress }: Examination): Promise<readonly Checked[]> {
  const { azure: values, timeoutMs, nodeVersion } = request;
  const { context } = surroundings;
  const { options } = azureOptions(values);
  const end = new AbortController();
  const signal = AbortSignal.any([context.signal, end.signal]);
  const azure = azureProbe({ name: NOBODY, id: '', options }, surroundings, signal);
  const { clock } = context;
  const run = { checks: computerChecks, timeoutMs, clock, signal: context.signal, again: 'azdock doctor', onProgress };
  try {
    return await runChecks({ ...run, subject: { ...surroundings, azure, nodeVersion } });
  } finally {
    end.abort(new Error('the checks are over'));
  }
}
