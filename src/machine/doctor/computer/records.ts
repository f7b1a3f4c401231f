import { loadMachineSync } from '../../../store/load.ts';
import { machineNamesSync } from '../../../store/names.ts';
import { unfinishedSteps, unfinishedWork } from '../../unfinished-work.ts';
import type { Check } from '../check.ts';
import { failureFinding } from '../failure-finding.ts';
import { command, type Finding, ok, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** Whether each record and sidecar can be read, and each machine is finished. */
export const records: Check<ComputerSubject> = {
  id: 'records',
  title: 'Records',
  async run({ context: { storePath } }) {
    const names = machineNamesSync(storePath);
    const broken: Finding[] = [];
    const unfinished: Finding[] = [];
    for (const name of names) {
      try {
        const { sidecar } = loadMachineSync(storePath, name);
        const work = unfinishedWork(name, sidecar, storePath);
        const [step] = work === undefined || sidecar === undefined ? [] : unfinishedSteps(name, sidecar);
        if (step !== undefined)
          unfinished.push(warning(`The ${work} of ${name} did not finish.`, command(step.command)));
      } catch (error) {
        broken.push(failureFinding(error));
      }
    }
    const [first, ...others] = [...broken, ...unfinished];
    if (first === undefined) return ok(words(names.length));
    return others.length === 0 ? first : { ...first, message: `${first.message} ${others.length} more need a look.` };
  },
};

function words(count: number): string {
  if (count === 0) return 'There are none.';
  return count === 1 ? 'The only one can be read.' : `All ${count} can be read.`;
}
