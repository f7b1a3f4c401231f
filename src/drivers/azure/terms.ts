import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import type { StepHandle } from '../../steps/progress.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { checkProvider } from './check-provider.ts';
import { callOptions } from './long-running.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import { type PurchasePlan, planText, wantedPlan } from './plan.ts';
import { unlessForbidden } from './unless-forbidden.ts';

const NAMESPACE = 'Microsoft.MarketplaceOrdering';
/** https://learn.microsoft.com/rest/api/marketplaceordering/marketplace-agreements */
const API_VERSION = '2021-01-01';

/** Whether the subscription has agreed to the terms of a plan. */
interface Agreement {
  readonly isAccepted: boolean;
  readonly licence: string | undefined;
  /** As Azure gave it out; it has to come back as it is. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The terms of the image's plan must have been accepted, or be about to be. Nobody accepts them unasked.
 *
 * @throws PreCreateCheckError with the command that accepts them, and where they can be read
 */
export async function checkTerms(machine: AzureMachine, image: ImageFacts): Promise<void> {
  const { name, options } = machine;
  const plan = wantedPlan(options, image);
  if (plan === undefined || options.acceptTerms) return;
  await unlessForbidden(() => checkProvider(machine, NAMESPACE));
  const agreement = await unlessForbidden(() => readAgreement(machine, plan));
  if (agreement === undefined || agreement.isAccepted) return;
  throw new PreCreateCheckError(
    `The terms of plan ${planText(plan)} have not been accepted for subscription ${machine.session.subscriptionName}.`,
    {
      resource: planText(plan),
      details: agreement.licence === undefined ? [] : [`The terms: ${agreement.licence}`],
      nextSteps: [
        {
          label: 'Accept them',
          command: `azdock create ${name} --azure-accept-terms --azure-image ${options.image}`,
        },
      ],
    },
  );
}

/** Accepts the terms of the image's plan for the subscription, where that was never done. There is nothing to undo. @throws ArmError */
export async function acceptTerms(
  machine: AzureMachine,
  image: ImageFacts,
  step: StepHandle,
  signal: AbortSignal,
): Promise<void> {
  const plan = wantedPlan(machine.options, image);
  if (plan === undefined) return step.title('The image has no terms to accept');
  await unlessForbidden(() => checkProvider(machine, NAMESPACE));
  const { isAccepted, properties } = await readAgreement(machine, plan, signal);
  if (isAccepted) return step.title(`Terms of ${planText(plan)} were accepted before`);
  const body = { properties: { ...properties, accepted: true } };
  const path = agreementId(machine, plan);
  const what = deed(machine, `accept the terms of ${planText(plan)}`, planText(plan));
  await machine.session.call(what, signal, async (to) =>
    to.request({ method: 'PUT', path, apiVersion: API_VERSION, body, ...callOptions(signal) }),
  );
  step.title(`Accepted the terms of ${planText(plan)}`);
}

async function readAgreement(machine: AzureMachine, plan: PurchasePlan, signal?: AbortSignal): Promise<Agreement> {
  const what = deed(machine, `read the terms of ${planText(plan)}`, planText(plan));
  const path = agreementId(machine, plan);
  const answer = await machine.session.call(what, signal, async (to) =>
    to.request({ method: 'GET', path, apiVersion: API_VERSION, ...callOptions(signal) }),
  );
  const properties: Readonly<Record<string, unknown>> = { ...Object(Object(answer).properties) };
  const licence = properties['licenseTextLink'];
  return {
    isAccepted: properties['accepted'] === true,
    licence: typeof licence === 'string' ? licence : undefined,
    properties,
  };
}

function agreementId({ session }: AzureMachine, { publisher, product, name }: PurchasePlan): string {
  return `/subscriptions/${session.subscriptionId}/providers/${NAMESPACE}/offerTypes/virtualmachine/publishers/${publisher}/offers/${product}/plans/${name}/agreements/current`;
}
