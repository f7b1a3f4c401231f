/** Collects output but keeps only its end, so that a command that never stops talking cannot fill the memory. */
export class OutputTail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #size = 0;
  #lost = false;

  /** @param limit how many bytes to keep */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True once something was dropped. */
  get truncated(): boolean {
    return this.#lost;
  }

  append(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joined only now and then: joining at every chunk would copy the kept bytes over and over.
    if (this.#size > 2 * this.#limit) this.#trim();
  }

  /** What was kept, as UTF-8. */
  text(): string {
    this.#trim();
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  #trim(): void {
    if (this.#size <= this.#limit) return;
    const kept = Buffer.concat(this.#chunks).subarray(-this.#limit);
    this.#chunks = [Buffer.from(kept)];
    this.#size = kept.length;
    this.#lost = true;
  }
}
