import type { Statement } from './nodes.ts';
import { quote } from './quote.ts';
import type { TokenReader } from './token-reader.ts';

type Body = readonly Statement[];

/** The bodies of a text's templates, by name; the text itself is the one with the empty name. */
export type TemplateBodies = ReadonlyMap<string, Body>;

/** Collects bodies while a text is parsed. */
export class BodyCollection {
  readonly #bodies = new Map<string, Body>();
  readonly #reader: TokenReader;

  /** `reader` knows the place of errors. */
  constructor(reader: TokenReader) {
    this.#reader = reader;
  }

  get all(): TemplateBodies {
    return this.#bodies;
  }

  /** Keeps the body, or the one that is there when this one is empty. @throws UsageError when both have content. */
  add(name: string, body: Body): void {
    const present = this.#bodies.get(name);
    if (present === undefined || isEmpty(present)) this.#bodies.set(name, body);
    else if (!isEmpty(body)) throw this.#reader.error(`template: multiple definition of template ${quote(name)}`);
  }
}

function isEmpty(body: Body): boolean {
  return body.every((statement) => statement.kind === 'text' && statement.text.trim() === '');
}
