import { join } from 'node:path';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { askEngine } from '../sandbox/guests/clients.ts';
import type { Result, RunOptions, World } from './azdock.ts';

/** A CA and a client's certificate and key, as PEM. */
export interface ClientSet {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The set in a folder: a machine's own, or the store's `certs`. */
export async function clientSet(folder: string): Promise<ClientSet> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { ca: await read('ca.pem'), cert: await read('cert.pem'), key: await read('key.pem') };
}

export function machineFolder(world: World, machine: string): string {
  return join(world.store, 'machines', machine);
}

export async function addressOf(world: World, machine: string): Promise<string> {
  return JSON.parse(await world.file(machine, 'config.json')).Driver.IPAddress;
}

/** Asks a machine's engine over TLS by Node, with a client set or with none but its CA. */
export async function ping(
  world: World,
  machine: string,
  set: Pick<ClientSet, 'ca'> & Partial<ClientSet>,
): Promise<{ status: number; body: string }> {
  const target = { host: await addressOf(world, machine), port: 2376, path: '/_ping' };
  const none = { cert: '', key: '' };
  const { ca, ...client } = set;
  return askEngine(target, { ca: { cert: ca, key: '' }, server: none, client: none }, client);
}

/** Serial number of the certificate that a machine's engine shows, checked against a CA. */
export async function servedCertificate(world: World, machine: string, set: ClientSet): Promise<string> {
  const socket = connect({ host: await addressOf(world, machine), port: 2376, ...set });
  try {
    await once(socket, 'secureConnect');
    const certificate: DetailedPeerCertificate = socket.getPeerCertificate(true);
    return certificate.serialNumber;
  } finally {
    socket.destroy();
  }
}

/** Runs the docker CLI against a machine. @param folder where the client's certificates are */
export async function docker(
  world: World,
  machine: string,
  args: readonly string[],
  options: RunOptions & { readonly certificates?: string } = {},
): Promise<Result> {
  const { certificates = machineFolder(world, machine), ...rest } = options;
  const env = {
    DOCKER_HOST: `tcp://${await addressOf(world, machine)}:2376`,
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: certificates,
  };
  return world.program('docker', args, { ...rest, env: { ...env, ...options.env } });
}

/** As {@link docker}, insisting on exit code 0. @returns what it printed, trimmed */
export async function dockerOk(world: World, machine: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await docker(world, machine, args);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} on ${machine} ended with ${code}\n${stderr}`);
  return stdout.trim();
}
