/** Things found by id, without case. Keeps the order of insertion. */
export class Collection<T extends { readonly id: string }> {
  readonly #items = new Map<string, T>();

  constructor(items: readonly T[] = []) {
    for (const item of items) this.set(item);
  }

  get(id: string): T | undefined {
    return this.#items.get(id.toLowerCase());
  }

  set(item: T): void {
    this.#items.set(item.id.toLowerCase(), item);
  }

  delete(id: string): void {
    this.#items.delete(id.toLowerCase());
  }

  clear(): void {
    this.#items.clear();
  }

  get size(): number {
    return this.#items.size;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  /** A list of those that `wanted` accepts, all by default. */
  list(wanted: (item: T) => boolean = () => true): T[] {
    return [...this.#items.values()].filter(wanted);
  }

  toJSON(): readonly T[] {
    return [...this.#items.values()];
  }
}
