import { isRestError, type RestError } from '@azure/core-rest-pipeline';
import { operationAddress } from './operation-policy.ts';

/** What Azure said when it refused a request, or when a long-running operation failed. */
export interface ArmFailure {
  readonly code: string;
  /** Azure's own text, whole. */
  readonly message: string;
  /** Absent when a long-running operation failed. */
  readonly status?: number;
  readonly requestId?: string;
  /** ISO 8601, from Azure's clock. */
  readonly timestamp?: string;
}

/**
 * Failures of operations, kept by the policy that sees the answers: the SDK's poller turns them into an Error without code
 * or request id (core-lro 3, poller/operation.js).
 */
export class OperationFailures {
  readonly #seen: ArmFailure[] = [];

  add(failure: ArmFailure): void {
    this.#seen.push(failure);
  }

  /** The failure that an Error of the poller is about: its message ends with code and message. */
  find(error: Error): ArmFailure | undefined {
    return this.#seen.findLast(({ code, message }) => error.message.includes(`${code}. ${message}`));
  }
}

/** Gives what Azure said, or undefined when the error did not come from Azure. */
export function armFailure(error: unknown, failures: OperationFailures): ArmFailure | undefined {
  if (isRestError(error)) return error.statusCode === undefined ? undefined : fromRestError(error, error.statusCode);
  if (!(error instanceof Error)) return undefined;
  const failure = failures.find(error);
  if (failure !== undefined) return failure;
  if (error.message.startsWith('The long-running operation has failed'))
    return { code: 'OperationFailed', message: error.message };
  if (error.message === 'Operation was canceled') return { code: 'OperationCanceled', message: error.message };
  return undefined;
}

function fromRestError(error: RestError, status: number): ArmFailure {
  const headers = error.response?.headers;
  const date = headers?.get('date');
  return {
    code: error.code ?? `Http${status}`,
    message: spoken(error),
    ...(isEndOfOperation(error, status) ? {} : { status }),
    ...optional('requestId', headers?.get('x-ms-request-id')),
    ...optional('timestamp', date && !Number.isNaN(Date.parse(date)) ? new Date(date).toISOString() : undefined),
  };
}

/** At its `Location` an operation that failed answers as its request would have, had Azure refused it at once. */
function isEndOfOperation({ request }: RestError, status: number): boolean {
  if (request === undefined || request.method !== 'GET' || (status !== 400 && status !== 409)) return false;
  return operationAddress.test(new URL(request.url).pathname);
}

/** The SDK's iterators over pages put words of their own in the place of Azure's (arm-resources, pagingHelpers). */
function spoken({ message, response }: RestError): string {
  if (!message.startsWith('Pagination failed')) return message;
  return parseErrorMessage(response?.bodyAsText ?? '') ?? message;
}

function parseErrorMessage(text: string): string | undefined {
  try {
    const { error } = Object(JSON.parse(text));
    const { message } = Object(error);
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const facts: { [K in Key]?: string } = {};
  if (value) facts[key] = value;
  return facts;
}

/** True when Azure answered that the thing, or the group it would be in, does not exist. */
export function isNotFound(error: unknown): boolean {
  return isRestError(error) && error.statusCode === 404;
}
