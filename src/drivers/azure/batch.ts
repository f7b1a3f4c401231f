/**
 * The machines that one command makes. They differ in their names; what does not depend on a name is asked of Azure once for all of
 * them: the login, the sizes, the image, the network.
 */
export class Batch {
  /** How many machines. */
  readonly count: number;
  /** Nothing may be written, not even the registration of a provider: the user wants to see what would be done. */
  readonly isDryRun: boolean;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor({ count = 1, isDryRun = false }: { readonly count?: number; readonly isDryRun?: boolean } = {}) {
    this.count = count;
    this.isDryRun = isDryRun;
  }

  /**
   * Gives to all who want to know `what` the answer to the first one's question. A failure is told to those who wait for it, and
   * forgotten.
   */
  async share<T>(what: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(what);
    if (known !== undefined) return parseShared<T>(await known);
    const asked = ask();
    this.#answers.set(what, asked);
    try {
      return await asked;
    } catch (error) {
      this.#answers.delete(what);
      throw error;
    }
  }
}

/** Whoever asks for the same thing asks in the same way. */
function parseShared<T>(answer: unknown): T {
  return answer as T;
}
