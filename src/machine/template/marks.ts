import type { Json } from '../../store/record.ts';
import { call, Expression, text, type TemplateValue } from './expression.ts';

/**
 * Stands in texts for what is only known when a template is deployed. azdock's own functions put texts, scripts and requests together from
 * marks as they do from the real things; then each mark makes way for its expression.
 */
export class Marks {
  readonly #expressions = new Map<string, Expression>();

  /** @returns the mark */
  set(mark: string, expression: Expression): string {
    this.#expressions.set(mark, expression);
    return mark;
  }

  /** A value with an expression in the place of each mark, be it bare, within a text, or as base64. */
  fill(value: Json): TemplateValue {
    if (typeof value === 'string') return this.fillText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  fillText(value: string): string | Expression {
    for (const [mark, expression] of this.#expressions)
      if (value === Buffer.from(mark).toString('base64')) return call('base64', expression);
    const found = [...this.#expressions.keys()].filter((mark) => value.includes(mark));
    return text(
      found.reduce<readonly (string | Expression)[]>(
        (parts, mark) => parts.flatMap((part) => (part instanceof Expression ? [part] : this.#split(part, mark))),
        [value],
      ),
    );
  }

  #split(part: string, mark: string): (string | Expression)[] {
    const expression = this.#expressions.get(mark);
    const pieces = part.split(mark);
    if (expression === undefined) return [part];
    return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [expression, piece]));
  }
}

/** A long text in which some words are to be replaced when the template is deployed: one replacement in another. */
export function replaceAll(
  source: Expression,
  replacements: readonly { readonly word: string; readonly by: Expression }[],
): Expression {
  return replacements.reduce((inner, { word, by }) => call('replace', inner, word, by), source);
}
