import { readFile, rename, writeFile } from 'node:fs/promises';

/** Last bytes of guests' addresses: below are the gateway and room for more of its kind. */
const firstLast = 10;
const lastLast = 254;

/** A block of 256 addresses. */
export interface AddressRange {
  /** Names the block among others of its kind. */
  readonly range: number;
  /** The address with the given last byte. */
  readonly addressOf: (last: number) => string;
}

interface BookFile {
  readonly range: number;
  readonly next: number;
  readonly taken: readonly string[];
}

/** The public addresses that a sandbox has given out. Kept on disk: an address lives as long as its Azure resource. */
export class AddressBook {
  readonly range: number;
  readonly #file: string;
  readonly #addressOf: (last: number) => string;
  readonly #taken: Set<string>;
  #next: number;
  #saving: Promise<void> = Promise.resolve();

  constructor(file: string, { range, addressOf }: AddressRange, kept: BookFile | undefined) {
    this.#file = file;
    this.range = range;
    this.#addressOf = addressOf;
    this.#taken = new Set(kept?.taken);
    this.#next = kept?.next ?? firstLast;
  }

  /**
   * Goes round the range before it gives an address a second time: clients remember host keys.
   * @throws Error when all are taken
   */
  async allocate(): Promise<string> {
    for (let tries = firstLast; tries <= lastLast; tries += 1) {
      const address = this.#addressOf(this.#next);
      this.#next = this.#next === lastLast ? firstLast : this.#next + 1;
      if (this.#taken.has(address)) continue;
      await this.take(address);
      return address;
    }
    throw new Error(`all ${lastLast - firstLast + 1} public addresses of this sandbox are taken`);
  }

  async take(address: string): Promise<void> {
    if (this.#taken.has(address)) return;
    this.#taken.add(address);
    await this.#save();
  }

  async release(address: string): Promise<void> {
    if (this.#taken.delete(address)) await this.#save();
  }

  #save(): Promise<void> {
    this.#saving = this.#saving
      .catch(() => {})
      .then(async () => {
        const content: BookFile = { range: this.range, next: this.#next, taken: [...this.#taken] };
        const temporary = `${this.#file}.new`;
        await writeFile(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600 });
        await rename(temporary, this.#file);
      });
    return this.#saving;
  }
}

/** The book that an earlier process of this sandbox kept, if any. */
export async function readAddressBook(file: string): Promise<BookFile | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseBook(text, file);
}

function parseBook(text: string, file: string): BookFile {
  const value: unknown = JSON.parse(text);
  const { range, next, taken } = (value ?? {}) as Record<string, unknown>;
  if (typeof range !== 'number' || typeof next !== 'number' || !Array.isArray(taken))
    throw new Error(`${file} is not an address book of the sandbox`);
  return { range, next, taken: taken.filter((address) => typeof address === 'string') };
}
