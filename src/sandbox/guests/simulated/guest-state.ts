import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerCertificates } from '../extensions/docker-extension-settings.ts';

/** The engine that a guest shows to the world. */
export interface GuestEngine {
  /** Undefined: it listens on its socket only. */
  readonly port: number | undefined;
  /** Of the port; without one the engine does without. */
  readonly certificates: DockerCertificates | undefined;
  /** What the engine was started with: it restarts only when this changes. */
  readonly arguments: string;
}

/** What a simulated guest has instead of a disk. */
export interface GuestState {
  /** SSH host key, PEM. */
  readonly hostKey: string;
  /** As `password-hash.ts` keeps it; undefined when no password lets in. */
  readonly password: string | undefined;
  readonly engine: GuestEngine | undefined;
  /** Lines of `authorized_keys` that came after the guest was made. */
  readonly keys: readonly string[];
}

/** Keeps one guest's state in a file that only this user can read. */
export class GuestStateFile {
  readonly #file: string;

  constructor(guestsDirectory: string, id: string) {
    this.#file = join(guestsDirectory, `${createHash('sha256').update(id).digest('hex').slice(0, 16)}.json`);
  }

  async save({ hostKey, password, engine, keys }: GuestState): Promise<void> {
    const certificates = engine?.certificates && mapPem(engine.certificates, (pem) => pem.toString());
    const content = { hostKey, password, engine: engine && { ...engine, certificates }, keys };
    const temporary = `${this.#file}.new`;
    await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
    await rename(temporary, this.#file);
  }

  /** Undefined when nothing has been kept. */
  async load(): Promise<GuestState | undefined> {
    const text = await readFile(this.#file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parseState(text);
  }

  async delete(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

/** Reads what {@link GuestStateFile.save} wrote. */
function parseState(text: string): GuestState {
  const {
    hostKey,
    password,
    engine,
    keys = [],
  } = JSON.parse(text) as {
    hostKey: string;
    password?: string;
    keys?: readonly string[];
    engine?: { port?: number; arguments: string; certificates?: Record<'ca' | 'cert' | 'key', string> };
  };
  if (engine === undefined) return { hostKey, password, engine, keys };
  const certificates = engine.certificates && mapPem(engine.certificates, (pem) => Buffer.from(pem));
  return { hostKey, password, engine: { port: engine.port, arguments: engine.arguments, certificates }, keys };
}

function mapPem<From, To>(set: Record<'ca' | 'cert' | 'key', From>, change: (pem: From) => To) {
  return { ca: change(set.ca), cert: change(set.cert), key: change(set.key) };
}
