/** Does the work when it is first asked for, and gives its outcome to all who ask. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => {
    if (outcome === undefined) {
      outcome = work();
      // Whoever asks hears of a failure; that nobody does is no fault.
      outcome.catch(() => {});
    }
    return outcome;
  };
}
