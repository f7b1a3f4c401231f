import { Execution, plain, Variables } from './execution.ts';
import { BUILTINS, type TemplateFunctions } from './functions.ts';
import { parseStatements } from './parse-statements.ts';
import { runStatements } from './run-statements.ts';
import type { TemplateBodies } from './template-bodies.ts';
import type { GoValue } from './value.ts';

/** A parsed Go template, to be executed any number of times. */
export class Template {
  readonly #source: string;
  readonly #bodies: TemplateBodies;
  readonly #functions: TemplateFunctions;

  /** Made by {@link parseTemplate}. */
  constructor(source: string, bodies: TemplateBodies, functions: TemplateFunctions) {
    this.#source = source;
    this.#bodies = bodies;
    this.#functions = functions;
  }

  /**
   * The template's output for `data`: a map, where missing keys give `<no value>`, or a `GoStruct`, where unknown fields are
   * errors.
   *
   * @throws UsageError in the words of Go's text/template, and when the template exceeds the bounds of `limits.ts`.
   */
  execute(data: GoValue): string {
    const execution = new Execution(this.#source);
    const dot = plain(data ?? undefined);
    const variables = new Variables(dot);
    const frame = { execution, functions: this.#functions, variables, dot, bodies: this.#bodies, depth: 0 };
    runStatements(frame, this.#bodies.get('') ?? []);
    return execution.output;
  }
}

/**
 * Parses a Go template (https://pkg.go.dev/text/template) as Go 1.19 does, with Go's built-in functions and `functions`.
 *
 * @throws UsageError in Go's words: `template: :1: unclosed action`.
 */
export function parseTemplate(text: string, options: { readonly functions: TemplateFunctions }): Template {
  const functions = new Map([...BUILTINS, ...options.functions]);
  return new Template(text, parseStatements(text, new Set(functions.keys())), functions);
}
