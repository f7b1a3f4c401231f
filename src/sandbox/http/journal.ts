import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../json.ts';

/** One request and its answer. Secrets are already replaced. */
export interface JournalEntry {
  readonly n: number;
  /** When the request arrived. */
  readonly time: string;
  readonly method: string;
  readonly url: string;
  readonly apiVersion: string | null;
  /** 0 when the connection was cut or kept silent. */
  readonly status: number;
  readonly requestId: string;
  /** Name of the long-running operation that the request started; see `/_sandbox/operations`. */
  readonly operation: string | null;
  readonly requestBody: unknown;
  readonly responseBody: unknown;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
  readonly responseHeaders: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
}

/** The append-only file `journal.jsonl`: one line a request, numbered from 1. */
export class Journal {
  readonly #path: string;
  readonly #file: number;
  #count: number;

  constructor(directory: string) {
    this.#path = join(directory, 'journal.jsonl');
    this.#count = existsSync(this.#path) ? lines(readFileSync(this.#path, 'utf8')).length : 0;
    this.#file = openSync(this.#path, 'a', 0o600);
  }

  append(entry: Omit<JournalEntry, 'n'>): void {
    this.#count += 1;
    writeSync(this.#file, `${JSON.stringify({ n: this.#count, ...entry })}\n`);
  }

  /** Entries after number `since`. `next` is what to give as `since` the next time. */
  read(since: number): { readonly next: number; readonly entries: readonly unknown[] } {
    const wanted = lines(readFileSync(this.#path, 'utf8')).slice(Math.max(0, since));
    return { next: this.#count, entries: wanted.map(parseJson) };
  }

  empty(): void {
    ftruncateSync(this.#file);
    this.#count = 0;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
