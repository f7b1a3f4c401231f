import type { Json, JsonObject } from '../../json.ts';
import type { Budget } from './budget.ts';
import { TemplateError } from './template-error.ts';
import { isList, isObject, toText, typeName } from './values.ts';

/** The values that a function is called with. Each reader throws TemplateError for a value of another type. */
export class Arguments {
  readonly name: string;
  readonly all: readonly Json[];
  readonly budget: Budget;

  constructor(name: string, all: readonly Json[], budget: Budget) {
    this.name = name;
    this.all = all;
    this.budget = budget;
  }

  get count(): number {
    return this.all.length;
  }

  any(index: number): Json {
    return this.all[index] ?? null;
  }

  text(index: number): string {
    const value = this.any(index);
    if (typeof value !== 'string') throw this.wrong(index, 'String');
    return value;
  }

  optionalText(index: number): string | undefined {
    return this.any(index) === null ? undefined : this.text(index);
  }

  integer(index: number): number {
    const value = this.any(index);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw this.wrong(index, 'Integer');
    return value;
  }

  flag(index: number): boolean {
    const value = this.any(index);
    if (typeof value !== 'boolean') throw this.wrong(index, 'Boolean');
    return value;
  }

  list(index: number): readonly Json[] {
    const value = this.any(index);
    if (!isList(value)) throw this.wrong(index, 'Array');
    return value;
  }

  object(index: number): JsonObject {
    const value = this.any(index);
    if (!isObject(value)) throw this.wrong(index, 'Object');
    return value;
  }

  /** A text, number or boolean, as a text. */
  scalar(index: number): string {
    const value = this.any(index);
    if (value === null || typeof value === 'object') throw this.wrong(index, 'String, Integer, Boolean');
    return toText(value);
  }

  texts(from = 0): readonly string[] {
    return this.all.slice(from).map((_value, index) => this.text(from + index));
  }

  wrong(index: number, expected: string): TemplateError {
    return new TemplateError(
      `The template language function '${this.name}' expects its parameter number '${index + 1}' to be of type '${expected}'. The provided value is of type '${typeName(this.any(index))}'. Please see https://aka.ms/arm-functions for usage details.`,
    );
  }

  fail(message: string): TemplateError {
    return new TemplateError(`The template language function '${this.name}' cannot be evaluated: ${message}`);
  }
}
