import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../secret/secret.ts';
import { writeFileAtomic } from '../store/atomic-write.ts';
import { errorCode, fileFailure } from '../store/file-failure.ts';

/** A machine of a store: what azdock writes into the contexts that it makes, to know them again. */
export interface ContextOwner {
  readonly machine: string;
  /** Absolute path. */
  readonly store: string;
}

export interface DockerContext {
  readonly name: string;
  /** `tcp://HOST:PORT` or `unix:///…`; empty when the context has no docker endpoint. */
  readonly host: string;
  /** Undefined for a context that azdock did not make. */
  readonly owner: ContextOwner | undefined;
}

export interface DockerContextFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: Secret;
}

/** What docker accepts (docker/cli:cli/context/store/store.go); `default` is its name for no context. */
export function isContextName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name) && name !== 'default';
}

/** Where docker keeps a context (docker/cli:cli/context/store/metadatastore.go, tlsstore.go). */
function pathsOf(configDirectory: string, name: string): { meta: string; tls: string } {
  const id = createHash('sha256').update(name).digest('hex');
  return { meta: join(configDirectory, 'contexts', 'meta', id), tls: join(configDirectory, 'contexts', 'tls', id) };
}

/** @returns undefined when there is none. @throws StoreError */
export async function readDockerContext(configDirectory: string, name: string): Promise<DockerContext | undefined> {
  const file = join(pathsOf(configDirectory, name).meta, 'meta.json');
  try {
    return parseContext(await readFile(file, 'utf8'), name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure(error, 'read', file);
  }
}

/** The certificates of a context; undefined when it has none, or not all. */
export async function readDockerContextFiles(
  configDirectory: string,
  name: string,
): Promise<DockerContextFiles | undefined> {
  const directory = join(pathsOf(configDirectory, name).tls, 'docker');
  const read = (file: string) => readFile(join(directory, file), 'utf8');
  try {
    return { ca: await read('ca.pem'), cert: await read('cert.pem'), key: new Secret(await read('key.pem')) };
  } catch {
    return undefined;
  }
}

/** All contexts of a configuration directory. Those that cannot be read are left out, and without a directory there are none. */
export async function listDockerContexts(configDirectory: string): Promise<readonly DockerContext[]> {
  const directory = join(configDirectory, 'contexts', 'meta');
  const ids = await readdir(directory).catch(() => []);
  const texts = await Promise.all(ids.map((id) => readFile(join(directory, id, 'meta.json'), 'utf8').catch(() => '')));
  return texts.flatMap((text) => {
    const name = parseName(text);
    return name === undefined ? [] : [parseContext(text, name)];
  });
}

function parseName(text: string): string | undefined {
  try {
    const { Name: name } = JSON.parse(text) as { Name?: unknown };
    return typeof name === 'string' && isContextName(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a context as docker does, each file whole: certificates first, so that a new context appears when it is complete.
 * @param files undefined for a socket, where docker would take them for a wish to use TLS
 * @throws StoreError
 */
export async function writeDockerContext(
  configDirectory: string,
  { name, host, owner }: DockerContext,
  files: DockerContextFiles | undefined,
): Promise<void> {
  const paths = pathsOf(configDirectory, name);
  if (files !== undefined) await writeFiles(join(paths.tls, 'docker'), files);
  await makeDirectory(paths.meta, 0o755);
  const document = {
    Name: name,
    Metadata: { Description: `azdock machine ${owner?.machine ?? name}`, azdock: owner },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
  await writeFileAtomic(join(paths.meta, 'meta.json'), JSON.stringify(document), { mode: 0o644 });
}

async function writeFiles(directory: string, { ca, cert, key }: DockerContextFiles): Promise<void> {
  await makeDirectory(directory, 0o700);
  await writeFileAtomic(join(directory, 'ca.pem'), ca, { mode: 0o600 });
  await writeFileAtomic(join(directory, 'cert.pem'), cert, { mode: 0o600 });
  await writeFileAtomic(join(directory, 'key.pem'), key.reveal(), { mode: 0o600 });
}

/** Removes a context, which disappears for docker at once. No error when there is none. @throws StoreError */
export async function removeDockerContextFiles(configDirectory: string, name: string): Promise<void> {
  const { meta, tls } = pathsOf(configDirectory, name);
  for (const path of [join(meta, 'meta.json'), meta, tls]) {
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      throw fileFailure(error, 'remove', path);
    });
  }
}

async function makeDirectory(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode }).catch((error: unknown) => {
    throw fileFailure(error, 'create', path);
  });
}

/** What cannot be understood is somebody else's. */
function parseContext(text: string, name: string): DockerContext {
  const unknown: DockerContext = { name, host: '', owner: undefined };
  try {
    const { Metadata, Endpoints } = JSON.parse(text) as {
      Metadata?: { azdock?: { machine?: unknown; store?: unknown } };
      Endpoints?: { docker?: { Host?: unknown } };
    };
    const host = Endpoints?.docker?.Host;
    const { machine, store } = Metadata?.azdock ?? {};
    const owner = typeof machine === 'string' && typeof store === 'string' ? { machine, store } : undefined;
    return { name, host: typeof host === 'string' ? host : '', owner };
  } catch {
    return unknown;
  }
}
