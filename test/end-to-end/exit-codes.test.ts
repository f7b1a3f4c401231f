import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** A command line that fails, its exit code and what its line on stderr says. */
interface Failure {
  readonly args: readonly string[];
  readonly exitCode: number;
  /** Of the JSON document. */
  readonly code: string;
  readonly says: RegExp;
}

/** Words that cannot be used, each in its way. Every other code: error-catalogue.test.ts. */
const FAILURES: readonly Failure[] = [
  { args: ['create'], exitCode: 2, code: 'usage', says: /^No machine name specified/ },
  { args: ['create', '-x-', '--azure-size', 'x'], exitCode: 2, code: 'usage', says: /-x-/ },
  { args: ['create', '../up'], exitCode: 2, code: 'usage', says: /^"\.\.\/up" cannot be a machine name/ },
  { args: ['create', 'new', '--no-such-flag'], exitCode: 2, code: 'usage', says: /no-such-flag/ },
  { args: ['create', 'new', '--azure-docker-port', '0'], exitCode: 2, code: 'usage', says: /azure-docker-port/ },
  {
    args: ['create', 'new', '--azure-provisioner', 'magic'],
    exitCode: 2,
    code: 'usage',
    says: /azure-provisioner.*magic|magic.*azure-provisioner/,
  },
  {
    args: ['create', 'new', '--engine-label', 'no-value'],
    exitCode: 2,
    code: 'usage',
    says: /^--engine-label cannot take "no-value"/,
  },
  {
    args: ['create', 'new', '--engine-opt', 'tlsverify=false'],
    exitCode: 2,
    code: 'usage',
    says: /^--engine-opt cannot take/,
  },
  {
    args: ['create', 'new', '--compose', 'missing.yaml'],
    exitCode: 2,
    code: 'usage',
    says: /^--compose: .*missing\.yaml/,
  },
  { args: ['create', 'new', '--azure-open-port', '70000'], exitCode: 2, code: 'usage', says: /70000/ },
  { args: ['status', 'nobody'], exitCode: 4, code: 'machine-not-found', says: /nobody/ },
  { args: ['ip', 'nobody'], exitCode: 4, code: 'machine-not-found', says: /nobody/ },
  { args: ['inspect', 'nobody'], exitCode: 4, code: 'machine-not-found', says: /nobody/ },
  { args: ['rm', '-y', 'nobody'], exitCode: 4, code: 'machine-not-found', says: /nobody/ },
  { args: ['regenerate-certs', '-f', 'nobody'], exitCode: 4, code: 'machine-not-found', says: /nobody/ },
  { args: ['status'], exitCode: 2, code: 'usage', says: /no "default" machine/ },
  { args: ['rm'], exitCode: 2, code: 'usage', says: /one or more machine names/ },
];

describe('a command that cannot be done', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    await world.ok(['create', 'dev']);
  });
  after(() => world?.destroy());

  for (const { args, exitCode, code, says } of FAILURES) {
    it(`ends with ${exitCode}, with words and as JSON: ${args.join(' ')}`, async () => {
      const [words, json] = await Promise.all([world.run(args), world.run([...args, '--json'])]);
      assert.deepEqual([words.code, words.stdout], [exitCode, '']);
      const line = words.stderr.split('\n').find((text) => says.test(text));
      assert.ok(line !== undefined, words.stderr);
      assert.doesNotMatch(words.stderr, /\n {4}at |This is a bug/);

      assert.equal(json.code, exitCode);
      const { error } = JSON.parse(json.stdout);
      assert.equal(error.code, code);
      assert.match(error.message, says);
      assert.deepEqual(Object.keys(error), ['code', 'message', 'resource', 'azure', 'nextSteps', 'details']);
    });
  }

  it('leaves everything as it was', async () => {
    assert.deepEqual(await world.json(['ls', '-q']), ['dev']);
    assert.equal(existsSync(join(world.store, 'machines', 'new')), false);
    const { machines } = await world.json(['sandbox', 'status']);
    assert.deepEqual(
      machines.map(({ name }: { name: string }) => name),
      ['dev'],
    );
    assert.equal((await sandbox.counts())['Microsoft.Network/publicIPAddresses'], 1);
    assert.equal(await world.ok(['status', 'dev']), 'Running\n');
  });

  it('ends with 1 when Azure refuses by a code that means nothing special; rm leaves nothing', async () => {
    await sandbox.arm({
      method: 'PUT',
      path: 'virtualMachines/',
      action: { status: 409, code: 'Conflict', message: 'Something about the VM.' },
    });
    const { code, stdout } = await world.run(['create', 'refused', '--no-rollback', '--json']);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([code, error.code, error.azure.code], [1, 'azure', 'Conflict']);
    assert.match(error.message, /: Something about the VM \(Conflict\)\.$/);
    await world.ok(['rm', '-y', 'refused']);
    assert.deepEqual(
      (await sandbox.resourcesIn('docker-machine')).filter((id) => /refused/.test(id)),
      [],
    );
  });
});
