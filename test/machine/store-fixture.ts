import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { formatRecord } from '../../src/store/codec.ts';
import { defaultRecord } from '../../src/store/default-record.ts';
import type { JsonObject } from '../../src/store/record.ts';
import { client, ca as authority } from '../engine/engine-fixture.ts';

/** A store in a temporary folder that goes with the test. */
export function temporaryStore(test: TestContext, name = 'store'): string {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-store-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, name);
  mkdirSync(root);
  return root;
}

/** Puts a machine into a store: its record, and the client files that fit the engine of `engine-fixture`. */
export function addMachine(root: string, name: string, driverName: string, driver: JsonObject): void {
  const directory = join(root, 'machines', name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const record = defaultRecord({ root, name, driverName, driver, engine: {}, tlsSans: [] });
  writeFileSync(join(directory, 'config.json'), formatRecord(record), { mode: 0o600 });
  writeFileSync(join(directory, 'ca.pem'), authority.cert);
  writeFileSync(join(directory, 'cert.pem'), client.cert);
  writeFileSync(join(directory, 'key.pem'), client.key.reveal(), { mode: 0o600 });
}

/** What an Azure machine's driver keys say, as azdock writes them after a creation. */
export function azureKeys(address: string, port: number): JsonObject {
  return {
    IPAddress: address,
    SSHUser: 'docker-user',
    SSHPort: 22,
    Environment: 'AzurePublicCloud',
    SubscriptionID: '11111111-2222-3333-4444-555555555555',
    ResourceGroup: 'docker-machine',
    DockerPort: port,
    Location: 'westeurope',
  };
}
