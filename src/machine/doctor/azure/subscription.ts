import { readSubscription } from '../../../drivers/azure/diagnosis/subscription.ts';
import { ArmError } from '../../../errors/arm-error.ts';
import type { Check } from '../check.ts';
import { advice, command, ok, problem, warning } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** The subscription is there for this login, and may be used. */
export const subscription: Check<AzureSubject> = {
  id: 'subscription',
  title: 'Subscription',
  needs: ['login'],
  async run({ azure }, signal) {
    const machine = await azure.machine();
    const { subscriptionId } = machine.session;
    try {
      const { name, state } = await readSubscription(machine, signal);
      const what = `${name} (${subscriptionId})`;
      if (state === 'Enabled') return ok(`${what}.`);
      const fix = advice('Whoever pays for it settles that at https://portal.azure.com, "Subscriptions".');
      const isUsable = state === 'Warned' || state === 'PastDue';
      return isUsable
        ? warning(`${what} is ${state}.`, fix)
        : problem(`${what} is ${state}: it takes no changes.`, fix);
    } catch (error) {
      if (!(error instanceof ArmError) || error.azure?.status !== 404) throw error;
      return problem(
        `This login does not see a subscription ${subscriptionId}.`,
        command('az account list --output table'),
      );
    }
  },
};
