import { unfinishedSteps, unfinishedWork } from '../../unfinished-work.ts';
import type { Check } from '../check.ts';
import { command, ok, problem } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether what was begun with the machine came to its end. */
export const phase: Check<MachineSubject> = {
  id: 'phase',
  title: 'Creation',
  applies: ({ stored }) => stored.sidecar !== undefined,
  async run({ name, stored: { sidecar }, context: { storePath } }) {
    const work = unfinishedWork(name, sidecar, storePath);
    const [step] = work === undefined || sidecar === undefined ? [] : unfinishedSteps(name, sidecar);
    if (step === undefined) return ok(sidecar?.phase === 'ready' ? 'Done.' : 'Going on.');
    return problem(`Its ${work} did not finish.`, command(step.command));
  },
};
