import { randomUUID } from 'node:crypto';
import type { Answer } from '../http/exchange.ts';

/** An error of the token service: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export class EntraProblem extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;

  constructor(status: number, error: string, number: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.number = number;
  }

  /** The OAuth 2 form of it. */
  answer(time: string): Answer {
    const trace = randomUUID();
    const correlation = randomUUID();
    return {
      status: this.status,
      body: {
        error: this.error,
        error_description: `AADSTS${this.number}: ${this.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}`,
        error_codes: [this.number],
        timestamp: time,
        trace_id: trace,
        correlation_id: correlation,
      },
    };
  }
}
