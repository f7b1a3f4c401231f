import { isRegistered } from '../../../drivers/azure/check-provider.ts';
import type { Check } from '../check.ts';
import { command, notChecked, ok, warning } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

const NEEDED = ['Microsoft.Compute', 'Microsoft.Network'];

/** Resource providers without which there are no machines. `create` registers them itself, where the login may. */
export const providers: Check<AzureSubject> = {
  id: 'providers',
  title: 'Resource providers',
  needs: ['login'],
  async run({ azure }) {
    const machine = await azure.machine();
    const found = await Promise.all(NEEDED.map((namespace) => isRegistered(machine, namespace)));
    const missing = NEEDED.filter((_, index) => found[index] === false);
    const [first] = missing;
    if (first !== undefined)
      return warning(
        `The subscription is not registered for ${missing.join(' and ')}; the first creation does that, and takes a minute or two longer.`,
        command(missing.map((namespace) => `az provider register --namespace ${namespace} --wait`).join(' && ')),
      );
    if (found.includes(undefined)) return notChecked('This login may not look at resource providers.');
    return ok(`${NEEDED.join(' and ')} are registered.`);
  },
};
