import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { MachineSubject } from '../../../src/machine/doctor/machine/machine-subject.ts';
import { openSubject } from '../../../src/machine/doctor/machine/open-subject.ts';
import { loadMachineSync } from '../../../src/store/load.ts';
import type { JsonObject } from '../../../src/store/record.ts';
import type { Sidecar } from '../../../src/store/sidecar.ts';
import { client, ca, serverCertificate } from '../../engine/engine-fixture.ts';
import { addMachine, temporaryStore } from '../store-fixture.ts';
import { surroundings } from './subjects.ts';

const server = await serverCertificate();

/** A host with an engine in a store, made as azdock would; `files` stand in for those in its directory. */
export interface MachineAsk {
  readonly driver?: string;
  readonly keys?: JsonObject;
  readonly sidecar?: Partial<Sidecar>;
  readonly files?: Readonly<Record<string, string>>;
  readonly around?: Parameters<typeof surroundings>[1];
}

/** Puts a machine `dev` at 127.0.0.1 into a new store. Its certificates are good for an engine of `engine-fixture`. */
export async function machine(
  t: TestContext,
  ask: MachineAsk = {},
): Promise<MachineSubject & { readonly root: string }> {
  const root = temporaryStore(t);
  const directory = join(root, 'machines', 'dev');
  const keys = { IPAddress: '127.0.0.1', SSHUser: 'docker-user', SSHPort: 1, SSHKeyPath: '', ...ask.keys };
  addMachine(root, 'dev', ask.driver ?? 'generic', keys);
  const files = {
    'ca.pem': ca.cert,
    'cert.pem': client.cert,
    'key.pem': client.key.reveal(),
    'server.pem': server.cert,
    'server-key.pem': server.key.reveal(),
    ...ask.files,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o600 });
  const sidecar = {
    version: 1,
    id: 'i',
    phase: 'ready',
    createdAt: '2026-11-21T00:00:00Z',
    journal: [],
    ...ask.sidecar,
  };
  writeFileSync(join(directory, 'azdock.json'), JSON.stringify(sidecar));
  const signal = AbortSignal.timeout(30_000);
  const { subject, close } = await openSubject(loadMachineSync(root, 'dev'), surroundings(root, ask.around), signal);
  t.after(close);
  return { ...subject, root };
}

/** A file of the machine as it is now. */
export function fileOf(root: string, name: string): string {
  return readFileSync(join(root, 'machines', 'dev', name), 'utf8');
}
