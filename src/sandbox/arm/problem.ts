import type { JsonObject } from '../json.ts';

/** Something ARM refuses: a status and Azure's error envelope. */
export class ArmProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Bodies of the problems that led to this one. */
  readonly details: readonly JsonObject[] | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly target?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly details?: readonly JsonObject[];
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.target = more.target;
    this.headers = more.headers ?? {};
    this.details = more.details;
  }

  /** `{code, message, target?, details}` as inside the envelope. */
  body(): JsonObject {
    return {
      code: this.code,
      message: this.message,
      ...(this.target === undefined ? {} : { target: this.target }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}
