import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import type { AzureMachine } from './azure-machine.ts';

/** A virtual machine of the name is there, and is not this machine's. In docker-machine's words. */
export function takenName({ name, names }: AzureMachine): PreCreateCheckError {
  return new PreCreateCheckError(
    `Virtual Machine with name ${name} already exists in resource group "${names.group}".`,
    {
      resource: names.ids.vm,
      nextSteps: [{ label: 'Another name', command: `azdock create ${name}-2` }],
    },
  );
}
