import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';
import { type AzureMachine, withChoice } from '../azure-machine.ts';
import { firstPossible } from '../catalogue/first-possible.ts';
import type { Warn } from '../checks/warn.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { sizeSteps, sizeWish } from '../size-steps.ts';
import { findMisfit } from './find-misfit.ts';
import { type Wish, wishOf, wishWords } from './wish.ts';

/** Which of several wishes to try, and which are left for later. */
export interface Choice {
  /** Undefined when something stands in the way of each. */
  readonly chosen: Wish | undefined;
  readonly rest: readonly Wish[];
  readonly passedOver: readonly {
    readonly wish: Wish;
    /** A sentence without its period. */
    readonly why: string;
  }[];
}

/**
 * Takes the first wish, in the order given, that the region, the quotas for all machines of the command and everything else that
 * is asked of the machine leave possible. A login that may not read sizes takes the first.
 *
 * @param for.image undefined when it is not known
 * @param for.count machines that quotas have to suffice for
 */
export async function chooseWish(
  machine: AzureMachine,
  wishes: readonly Wish[],
  { image, count }: { readonly image: ImageFacts | undefined; readonly count: number },
): Promise<Choice> {
  const catalogue = await machine.sizes();
  if (catalogue === undefined || catalogue.sizes.length === 0)
    return { chosen: wishes[0], rest: wishes.slice(1), passedOver: [] };
  const passedOver: Choice['passedOver'][number][] = [];
  for (const [index, wish] of wishes.entries()) {
    const as = withChoice(machine, wish, []);
    const [obstacle] = firstPossible([{ ...sizeWish(as), count, image }], catalogue).passedOver;
    const size = catalogue.find(wish.size);
    const why = obstacle?.why ?? (size && image && (await findMisfit(as, image, size)));
    if (why === undefined) return { chosen: wish, rest: wishes.slice(index + 1), passedOver };
    passedOver.push({ wish, why });
  }
  return { chosen: undefined, rest: [], passedOver };
}

/** One line for each wish that is not even tried; the last one says what is. */
export function tellChoice({ passedOver, chosen }: Choice, warn: Warn): void {
  for (const [index, { why }] of passedOver.entries()) {
    const isLast = index === passedOver.length - 1 && chosen !== undefined;
    warn(`${why}${isLast ? `; ${wishWords(chosen)} is taken instead` : ''}.`);
  }
}

/** Why nothing of all that was wished for can be had. */
export async function impossible(machine: AzureMachine, { passedOver }: Choice): Promise<PreCreateCheckError> {
  const [first, ...others] = passedOver;
  return new PreCreateCheckError(`${first?.why ?? `${wishWords(wishOf(machine.options))} cannot be had`}.`, {
    resource: machine.options.size,
    details: others.map(({ wish, why }) => `Nor can ${wishWords(wish)} be had: ${why}.`),
    nextSteps: await sizeSteps(machine, undefined),
  });
}
