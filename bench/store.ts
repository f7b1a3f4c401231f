import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCa, createClientCertificate, createServerCertificate } from '../src/certs/create-certificates.ts';
import { formatRecord } from '../src/store/codec.ts';
import { defaultRecord } from '../src/store/default-record.ts';
import type { JsonObject } from '../src/store/record.ts';

/** Port 1 of this computer: nobody listens there, so engines refuse at once. */
const REFUSED_PORT = 1;

/** A store of machines whose engines refuse. */
export function refusingStore(root: string, count: number): string {
  for (let n = 1; n <= count; n += 1) {
    const url = `127.0.0.1:${REFUSED_PORT}`;
    addRecord(root, `m${n}`, 'none', { IPAddress: url, URL: `tcp://${url}` });
  }
  return root;
}

/** A store of one machine whose engine answers, and the end of that engine. */
export async function answeringStore(root: string): Promise<{ readonly root: string; readonly end: () => void }> {
  const now = new Date();
  const ca = await createCa({ user: 'bench', now });
  const client = await createClientCertificate({ user: 'bench', now, ca });
  const server = await createServerCertificate({ user: 'bench', name: 'dev', names: ['127.0.0.1'], now, ca });
  const tls = { cert: server.cert, key: server.key.reveal(), ca: ca.cert, requestCert: true, rejectUnauthorized: true };
  const engine = createServer(tls, (_request, response) => response.end('OK'));
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  const { port } = engine.address() as AddressInfo;
  const directory = addRecord(root, 'dev', 'azure', { IPAddress: '127.0.0.1', DockerPort: port, ResourceGroup: 'g' });
  writeFileSync(join(directory, 'ca.pem'), ca.cert);
  writeFileSync(join(directory, 'cert.pem'), client.cert);
  writeFileSync(join(directory, 'key.pem'), client.key.reveal(), { mode: 0o600 });
  return { root, end: () => void engine.close() };
}

function addRecord(root: string, name: string, driverName: string, driver: JsonObject): string {
  const directory = join(root, 'machines', name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const record = defaultRecord({ root, name, driverName, driver, engine: {}, tlsSans: [] });
  writeFileSync(join(directory, 'config.json'), formatRecord(record), { mode: 0o600 });
  return directory;
}
