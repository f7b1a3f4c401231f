import { findMissing } from '../../../drivers/azure/diagnosis/find-missing.ts';
import type { Check } from '../check.ts';
import { advice, command, ok, problem } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Each resource that the journal names, by its name in Azure. */
export const resources: Check<MachineSubject> = {
  id: 'resources',
  title: 'Resources in Azure',
  needs: ['login'],
  applies: ({ azure }) => azure !== undefined,
  async run({ name, stored, azure }, signal) {
    if (azure === undefined) return ok('It has none.');
    const machine = await azure.machine();
    const { expected, missing } = await findMissing(machine, stored.sidecar?.journal ?? [], signal);
    if (missing.length === 0) return ok(`All ${expected} are there.`);
    const list = missing.map(({ what }) => what).join(', ');
    const isVmGone = missing.some(({ id }) => id.toLowerCase() === machine.names.ids.vm.toLowerCase());
    if (isVmGone) return problem(`Gone: ${list}.`, command(`azdock rm ${name}`));
    return problem(`Gone: ${list}.`, advice(`Make the machine anew: azdock rm ${name}, then azdock create ${name}.`));
  },
};
