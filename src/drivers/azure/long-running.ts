/** The part of the SDKs' poller that azdock uses. */
interface Poller<T> {
  pollUntilDone(options: { abortSignal?: AbortSignal }): Promise<T>;
}

/** Options of a call that ends on its own; a signal cuts it short. */
export function callOptions(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

/**
 * Waits for a long-running operation. Awaiting the SDK's poller itself would leave its pauses deaf to the signal
 * (core-lro 3, poller/poller.js).
 */
export function finish<T>(poller: Poller<T>, signal: AbortSignal | undefined): Promise<T> {
  return poller.pollUntilDone(callOptions(signal));
}

/** Pauses between polls are the operation policy's, which goes by azdock's clock. */
export const COMPUTE_POLL = { updateIntervalInMs: 0 } as const;
/** The same of Microsoft.Network. */
export const NETWORK_POLL = { updateIntervalInMs: 0 } as const;
