import { type AzureMachine, withChoice } from '../azure-machine.ts';
import type { Warn } from '../checks/warn.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import type { Choice } from './choose-wish.ts';
import { wishesOf, wishValue } from './wish.ts';

/** What a machine is to be at this moment, out of what it may be. */
export interface Course {
  /** The machine with the size and zone that are tried, and in its options what is left to be tried. */
  machine(): Promise<AzureMachine>;
  /**
   * Settles, before anything is made, for the first wish that can be had.
   * @throws PreCreateCheckError when none can
   */
  settle(findImage: () => Promise<ImageFacts>, warn: Warn): Promise<void>;
  /** Goes on to the next wish that can be had. Undefined when there is none. */
  next(image: ImageFacts, warn: Warn): Promise<AzureMachine | undefined>;
}

/** @param ask gives the machine as it was asked for */
export function openCourse(ask: () => Promise<AzureMachine>): Course {
  let current: AzureMachine | undefined;
  const machine = async () => current ?? ask();
  const take = async ({ chosen, rest }: Choice) => {
    if (chosen === undefined) return undefined;
    current = withChoice(await machine(), chosen, rest.map(wishValue));
    return current;
  };
  return {
    machine,
    async settle(findImage, warn) {
      const asked = await machine();
      const wishes = wishesOf(asked.options);
      if (wishes.length < 2) return;
      const { chooseWish, impossible, tellChoice } = await import('./choose-wish.ts');
      const choice = await asked.batch.share('size and zone', async () => {
        // An image that is not there is told by the check that asks for it.
        const found = await chooseWish(asked, wishes, {
          image: await findImage().catch(() => undefined),
          count: asked.batch.count,
        });
        if (found.chosen === undefined) throw await impossible(asked, found);
        tellChoice(found, warn);
        return found;
      });
      await take(choice);
    },
    async next(image, warn) {
      const failed = await machine();
      const wishes = wishesOf(failed.options).slice(1);
      if (wishes.length === 0) return undefined;
      const { chooseWish, tellChoice } = await import('./choose-wish.ts');
      const choice = await chooseWish(failed, wishes, { image, count: 1 });
      tellChoice({ ...choice, chosen: undefined }, warn);
      return take(choice);
    },
  };
}
