import { inspect } from 'node:util';

const REDACTED = '[secret]';

/**
 * A value that must never be seen by accident. Strings, JSON and inspection show `[secret]`; only {@link Secret.reveal}
 * gives the value, so that every use of one can be found by name.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Pass it straight to the place that needs it. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
