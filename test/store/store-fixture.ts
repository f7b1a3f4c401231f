import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { defaultRecord } from '../../src/store/default-record.ts';
import type { MachineRecord } from '../../src/store/record.ts';
import type { Sidecar } from '../../src/store/sidecar.ts';

export async function temporaryRoot(test: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'azdock-store-'));
  test.after(() => rm(root, { recursive: true, force: true }));
  return root;
}

export function recordOf(root: string, name: string): MachineRecord {
  const driver = { URL: 'tcp://127.0.0.1:2376', IPAddress: '127.0.0.1:2376' };
  return defaultRecord({ root, name, driverName: 'none', driver, engine: {}, tlsSans: [] });
}

export const sidecar: Sidecar = {
  version: 1,
  id: '7f1d0f0e-9a55-4a3c-8a55-0d9a0a1f2b3c',
  phase: 'creating',
  createdAt: '2026-11-20T21:40:03Z',
  journal: [],
};
