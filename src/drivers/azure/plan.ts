import type { Plan } from '@azure/arm-compute';
import type { ImageFacts } from './image-facts/image-facts.ts';
import type { AzureOptions } from './options.ts';

/** A purchase plan of the marketplace: who sells, what, and under which terms. */
export interface PurchasePlan {
  readonly publisher: string;
  readonly product: string;
  readonly name: string;
}

/** Reads `publisher:product:plan`, as rancher-machine has it; undefined when it is none. */
export function parsePlan(text: string): PurchasePlan | undefined {
  const words = text.split(':');
  const [publisher = '', product = '', name = ''] = words;
  if (words.length !== 3 || words.some((word) => !/^[\w.-]+$/.test(word))) return undefined;
  return { publisher, product, name };
}

/** An image's own plan, as Azure tells it. */
export function planOf(plan: Plan | undefined): PurchasePlan | undefined {
  const { publisher, product, name } = plan ?? {};
  return publisher && product && name ? { publisher, product, name } : undefined;
}

/** `publisher:product:plan` */
export function planText({ publisher, product, name }: PurchasePlan): string {
  return `${publisher}:${product}:${name}`;
}

/** The plan that a machine is bought under: the one that was named, else the image's own. */
export function wantedPlan(
  { plan }: Pick<AzureOptions, 'plan'>,
  image: Pick<ImageFacts, 'plan'>,
): PurchasePlan | undefined {
  return plan === undefined ? image.plan : parsePlan(plan);
}
