import type { Json } from '../../json.ts';
import { TemplateError } from './template-error.ts';

/** Deeper values are nobody's template. */
const maximumDepth = 100;

/** Characters that count as much as one value. */
const charactersPerStep = 16;

/**
 * What one deployment may cost the sandbox: every value that is looked at or made takes a step. Templates come from anybody, and
 * a few lines of variables that double each other would otherwise fill the memory.
 */
export class Budget {
  #left: number;

  /** @param steps all together, @defaultValue twenty million, which take the sandbox a second or two */
  constructor(steps = 20_000_000) {
    this.#left = steps;
  }

  /** @throws TemplateError when nothing is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TemplateError('The template takes more work to evaluate than a deployment may cost.');
  }

  /** Before a text of that length is made. @throws TemplateError */
  text(characters: number): void {
    this.spend(Math.ceil(characters / charactersPerStep));
  }

  /** Counts a value with all within it, as often as it is there. @throws TemplateError */
  measure(value: Json): void {
    const rest: { readonly value: Json | undefined; readonly depth: number }[] = [{ value, depth: 0 }];
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
      this.spend(1);
      if (typeof one.value === 'string') this.text(one.value.length);
      if (typeof one.value !== 'object' || one.value === null) continue;
      const depth = one.depth + 1;
      if (depth > maximumDepth)
        throw new TemplateError(`A value of the template is nested deeper than the limit of '${maximumDepth}'.`);
      for (const member of Object.values(one.value)) rest.push({ value: member, depth });
    }
  }
}
