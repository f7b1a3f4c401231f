import { type AzureMachine, deed } from '../azure-machine.ts';

/** https://learn.microsoft.com/rest/api/resources/subscriptions/get */
const API_VERSION = '2022-12-01';

/** What Azure says of a subscription. */
export interface SubscriptionFacts {
  readonly name: string;
  /** `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted`. */
  readonly state: string;
}

/** @throws ArmError, 404 for one that this login does not see; what else AzureSession.call throws */
export async function readSubscription(machine: AzureMachine, signal: AbortSignal): Promise<SubscriptionFacts> {
  const { subscriptionId } = machine.session;
  const path = `/subscriptions/${subscriptionId}`;
  return machine.session.call(deed(machine, `find subscription ${subscriptionId}`, path), signal, async (to) => {
    const answer = await to.request({ method: 'GET', path, apiVersion: API_VERSION, abortSignal: signal });
    const { displayName, state } = Object(answer);
    return {
      name: typeof displayName === 'string' ? displayName : subscriptionId,
      state: typeof state === 'string' ? state : 'Enabled',
    };
  });
}
