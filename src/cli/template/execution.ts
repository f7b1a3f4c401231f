import { UsageError } from '../../errors/usage-error.ts';
import { MAX_STEPS, MAX_TEXT } from './limits.ts';
import { describe, type ErrorPlace } from './nodes.ts';
import { placeAt } from './source-position.ts';
import type { GoValue } from './value.ts';

/** A value together with what Go knows of its type: `interface {}` for the entries of maps and lists. */
export interface Slot {
  readonly value: GoValue;
  readonly isBoxed: boolean;
}

/** A value whose type Go knows. */
export function plain(value: GoValue): Slot {
  return { value, isBoxed: false };
}

interface Variable {
  readonly name: string;
  slot: Slot;
}

/** What goes on while a template runs: the output, the place for errors, and how much work was done. */
export class Execution {
  readonly #source: string;
  #place: ErrorPlace | undefined;
  #template = '';
  #steps = 0;
  #output: string[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get output(): string {
    return this.#output.join('');
  }

  write(text: string): void {
    this.#length += text.length;
    if (this.#length > MAX_TEXT) throw this.error('output too long');
    this.#output.push(text);
  }

  /** Counts a step, and remembers the node that an error would point at. */
  at(place: ErrorPlace): void {
    this.#place = place;
    this.step();
  }

  step(): void {
    if (++this.#steps > MAX_STEPS) throw this.error(`more than ${MAX_STEPS} steps`);
  }

  /** Runs `work` with errors that name the template `name`. */
  inTemplate(name: string, work: () => void): void {
    const outer = this.#template;
    this.#template = name;
    work();
    this.#template = outer;
  }

  /** An error at the remembered node, in Go's words. */
  error(message: string): UsageError {
    const place = this.#place;
    if (place === undefined) return new UsageError(`template: ${message}`);
    const where = `template: :${placeAt(this.#source, place.at)}: executing ${JSON.stringify(this.#template)}`;
    return new UsageError(`${where} at <${describe(place)}>: ${message}`);
  }
}

/** The variables in scope, innermost last. */
export class Variables {
  readonly #variables: Variable[];

  constructor(root: Slot) {
    this.#variables = [{ name: '$', slot: root }];
  }

  declare(name: string, slot: Slot): void {
    this.#variables.push({ name, slot });
  }

  /** False when there is no such variable. */
  assign(name: string, slot: Slot): boolean {
    const variable = this.#variables.findLast((candidate) => candidate.name === name);
    if (variable !== undefined) variable.slot = slot;
    return variable !== undefined;
  }

  lookUp(name: string): Slot {
    const variable = this.#variables.findLast((candidate) => candidate.name === name);
    return variable?.slot ?? plain(undefined);
  }

  mark(): number {
    return this.#variables.length;
  }

  /** Forgets what was declared since the mark. */
  rewind(mark: number): void {
    this.#variables.length = mark;
  }
}
