import { findDenials } from '../../../drivers/azure/diagnosis/policy-restrictions.ts';
import { ArmError } from '../../../errors/arm-error.ts';
import type { Check } from '../check.ts';
import { command, notChecked, ok, problem } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** What Azure Policy would refuse of a machine by the defaults, as Azure itself judges it. */
export const policy: Check<AzureSubject> = {
  id: 'policy',
  title: 'Policies',
  needs: ['login'],
  async run({ azure }, signal) {
    const machine = await azure.machine();
    try {
      const [first, ...others] = await findDenials(machine, signal);
      if (first === undefined) return ok('No policy would refuse a machine by the defaults.');
      const more = others.length === 0 ? '' : ` ${others.length} more of the kind.`;
      return problem(
        `Policy ${first.assignment} refuses the ${first.resource}.${more}`,
        command(`az resource show --ids ${first.id}`),
      );
    } catch (error) {
      // Its provider is not registered everywhere, and clouds of one's own need not have it.
      if (error instanceof ArmError) return notChecked(`Azure Policy could not be asked. ${error.message}`);
      throw error;
    }
  },
};
