import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStoreFileSync } from '../store/read-file.ts';

/** For how long a region in which DockerExtension failed is not tried again. */
const MEMORY_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Where DockerExtension was tried and failed, so that `--azure-provisioner auto` does not lose minutes on it each time.
 * A hint and nothing more: a file that is missing, broken or cannot be written is the same as an empty one.
 */
export class RegionMemory {
  readonly #file: string;
  readonly #now: () => number;

  constructor(storePath: string, now: () => number) {
    this.#file = join(storePath, 'cache', 'azdock-regions.json');
    this.#now = now;
  }

  /** True when DockerExtension failed in that region within the last 30 days. */
  failedLately(region: string): boolean {
    const failedAt = this.#read()[region];
    return failedAt !== undefined && this.#now() - failedAt < MEMORY_MS;
  }

  failed(region: string): void {
    this.#write({ ...this.#read(), [region]: this.#now() });
  }

  worked(region: string): void {
    const { [region]: failedAt, ...others } = this.#read();
    if (failedAt !== undefined) this.#write(others);
  }

  #read(): Record<string, number> {
    try {
      return parseMemory(JSON.parse(readStoreFileSync(this.#file) ?? '{}'));
    } catch {
      return {};
    }
  }

  #write(memory: Record<string, number>): void {
    try {
      mkdirSync(join(this.#file, '..'), { recursive: true, mode: 0o700 });
      const temporary = `${this.#file}.${process.pid}`;
      writeFileSync(temporary, `${JSON.stringify(memory, undefined, 2)}\n`, { mode: 0o600 });
      renameSync(temporary, this.#file);
    } catch {
      // The next creation tries the extension once more; nothing is lost.
    }
  }
}

function parseMemory(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
