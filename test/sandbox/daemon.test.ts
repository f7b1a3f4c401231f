import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  armFault,
  downSandbox,
  listFaults,
  readJournal,
  resetSandbox,
  SandboxFailure,
  sandboxStatus,
  setDockerExtension,
  setLatency,
  upSandbox,
} from '../../src/sandbox/client.ts';
import { isProcessAlive, readDiscovery } from '../../src/sandbox/discovery.ts';

const script = fileURLToPath(new URL('serve.ts', import.meta.url));
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'azdock-daemon-'));
});
afterEach(async () => {
  await downSandbox(directory);
  await rm(directory, { recursive: true, force: true });
});

const up = () => upSandbox({ directory, command: [process.execPath, script, directory], environment: process.env });
const gone = async (pid: number): Promise<void> => {
  while (isProcessAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('of several that start it at once, one does, and all get the same sandbox', async () => {
  const results = await Promise.all([up(), up(), up(), up()]);
  assert.equal(results.filter(({ started }) => started).length, 1);
  assert.equal(new Set(results.map(({ discovery }) => discovery.pid)).size, 1);
  const log = await readFile(join(directory, 'sandbox.log'), 'utf8');
  assert.equal(log.match(/ up at /g)?.length, 1);
  assert.deepEqual((await up()).started, false);
});

test('the discovery document is as promised, for its owner only, and gone when the sandbox is down', async () => {
  const { discovery } = await up();
  const file = join(directory, 'sandbox.json');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(directory)).mode & 0o777, 0o700);
  assert.deepEqual(Object.keys(discovery), [
    'version',
    'pid',
    'startedAt',
    'endpoint',
    'authority',
    'caFile',
    'tenantId',
    'subscriptionId',
    'clientId',
    'clientSecret',
    'guests',
    'sshPort',
    'dockerExtension',
    'controlToken',
  ]);
  assert.equal(await downSandbox(directory), true);
  assert.equal(isProcessAlive(discovery.pid), false);
  assert.equal(await readDiscovery(directory), undefined);
  assert.equal(await downSandbox(directory), false);
  assert.equal(await sandboxStatus(directory), undefined);
  const { discovery: again } = await up();
  assert.equal(again.subscriptionId, discovery.subscriptionId);
  assert.equal(again.clientSecret, discovery.clientSecret);
});

test('after a crash the next start takes over', async () => {
  const { discovery } = await up();
  process.kill(discovery.pid, 'SIGKILL');
  await gone(discovery.pid);
  assert.equal(await sandboxStatus(directory), undefined);
  const results = await Promise.all([up(), up()]);
  assert.equal(results.filter(({ started }) => started).length, 1);
  assert.notEqual(results[0]?.discovery.pid, discovery.pid);
  assert.equal(results[0]?.discovery.tenantId, discovery.tenantId);
});

test('SIGTERM ends it in order', async () => {
  const { discovery } = await up();
  process.kill(discovery.pid, 'SIGTERM');
  await gone(discovery.pid);
  assert.equal(await readDiscovery(directory), undefined);
  assert.match(await readFile(join(directory, 'sandbox.log'), 'utf8'), / down\n$/);
});

test('the client sets, reads and resets', async () => {
  await up();
  await setLatency(directory, 'recorded', 0.5);
  await setDockerExtension(directory, 'fails');
  await armFault(directory, { action: { hang: true } });
  assert.equal(JSON.stringify(await listFaults(directory)).includes('"hang":true'), true);
  assert.equal((await readDiscovery(directory))?.dockerExtension, 'fails');
  const status = JSON.stringify((await sandboxStatus(directory))?.status);
  assert.match(status, /"latency":\{"profile":"recorded","factor":0.5\}/);
  assert.deepEqual(await readJournal(directory), { next: 0, entries: [] });
  await resetSandbox(directory);
  assert.deepEqual(await listFaults(directory), []);
});

test('a sandbox that does not come up says why, with the end of its log', async () => {
  const environment = process.env;
  const fails = ['-e', 'console.error("port is haunted"); process.exit(3)'];
  await assert.rejects(upSandbox({ directory, command: [process.execPath, ...fails], environment }), (error) => {
    assert.ok(error instanceof SandboxFailure);
    assert.match(error.message, /it ended with status 3.*port is haunted/s);
    return true;
  });
  await assert.rejects(upSandbox({ directory, command: ['/no/such/program'], environment }), /ENOENT/);
  await assert.rejects(setLatency(directory, 'none'), /The sandbox is down/);
});

test('a reset of a sandbox that is down removes all that it kept', async () => {
  await up();
  await downSandbox(directory);
  await resetSandbox(directory);
  await assert.rejects(stat(directory), { code: 'ENOENT' });
});
