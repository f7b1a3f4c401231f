import { findSandbox } from '../../../drivers/azure/sandbox-discovery.ts';
import type { Check } from '../check.ts';
import { command, ok, problem } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** The stand-in Azure of this computer. It is not started. */
export const sandbox: Check<ComputerSubject> = {
  id: 'sandbox',
  title: 'Sandbox',
  async run({ azure: { options, dependencies } }) {
    const isUsed = options.environment.toLowerCase() === 'sandbox';
    let isDown = false;
    const found = await findSandbox({
      environment: dependencies.environment,
      startSandbox: async () => {
        isDown = true;
        throw new Error('it is not to be started');
      },
    }).catch((error: unknown) => {
      if (isDown) return undefined;
      throw error;
    });
    if (found !== undefined)
      return ok(`Up at ${found.endpoint}${isUsed ? '' : ', and not used: new machines come from Azure'}.`);
    return isUsed
      ? problem('It is down, and new machines are to come from it.', command('azdock sandbox up'))
      : ok('Down, and not used.');
  },
};
