import type { Check } from '../check.ts';
import { advice, command, notChecked, ok, problem, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether the VM runs, as Azure says it. */
export const vm: Check<MachineSubject> = {
  id: 'vm',
  title: 'Virtual machine',
  needs: ['login'],
  applies: ({ azure }) => azure !== undefined,
  async run(subject) {
    const { name } = subject;
    const { state, detail } = await subject.state();
    const words = detail ?? state.toLowerCase();
    switch (state) {
      case 'Running':
        return ok('Azure says that it runs.');
      case 'Stopped':
        return problem(
          detail === 'evicted'
            ? 'Azure needed its place and has evicted it (Spot).'
            : `Azure says that it is ${words}.`,
          command(`azdock start ${name}`),
        );
      case 'Stopping':
        return problem(`Azure says that it is ${words}.`, command(`azdock start ${name}`));
      case 'Starting':
        return warning(`Azure says that it is ${words}.`, advice('Look again in a minute.'));
      case 'NotFound':
        return problem('Azure has it no more.', command(`azdock rm ${name}`));
      case 'Error':
        return problem(`Azure says: ${words}.`, command(`azdock restart ${name}`));
      default:
        return notChecked(`Azure does not say whether it runs (${words}).`);
    }
  },
};
