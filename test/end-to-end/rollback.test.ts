import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { needs } from '../skip.ts';
import { collect, type Result, type RunOptions, World } from './azdock.ts';
import { DockerMachine } from './docker-machine.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

const NO_ROOM = { operation: 'fail', code: 'AllocationFailed', message: 'Allocation failed.' };

describe('a creation that fails or is interrupted', () => {
  let world: World;
  let sandbox: WorldSandbox;
  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
  });
  after(() => world?.destroy());

  const armNoRoom = (name: string) =>
    sandbox.arm({ method: 'PUT', path: `/virtualMachines/${name}$`, when: 'operation', action: NO_ROOM });

  async function fail(words: readonly string[], options: RunOptions = {}): Promise<Result> {
    await armNoRoom(words.at(-1) ?? '');
    const run = await world.run(words, options);
    assert.deepEqual([run.code, run.stdout], [7, ''], run.stderr);
    return run;
  }

  /** Starts a creation and stops when its request about the VM waits. */
  async function held(words: readonly string[]) {
    const hold = await sandbox.arm({ method: 'PUT', path: '/virtualMachines/dev$', action: { hold: true } });
    const child = world.start(words);
    const end = collect(child);
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
    return { child, end, release: () => sandbox.disarm(hold) };
  }

  const machines = () => readdir(join(world.store, 'machines'));
  const phase = async (): Promise<string> => JSON.parse(await world.file('dev', 'azdock.json')).phase;

  async function assertNothingLeft(): Promise<void> {
    assert.deepEqual(await sandbox.counts(), {});
    assert.deepEqual(await machines(), []);
    assert.deepEqual(await readdir(join(world.store, '.locks')), []);
  }

  it('is taken back where nobody can be asked, and says what was removed', async () => {
    const { stderr } = await fail(['create', 'dev']);
    assert.match(stderr, /^Removing what was made of dev\.$/m);
    assert.match(stderr, /^dev-.*dev-os-disk.* were removed again; nothing of dev is left\.$/m);
    assert.match(stderr, /^ .*: +azdock create dev --azure-size Standard_\w+$/m);
    assert.doesNotMatch(stderr, /--resume|azdock rm/);
    await assertNothingLeft();
  });

  it('keeps its code and its facts as a document, too', async () => {
    await armNoRoom('dev');
    const { code, stdout } = await world.run(['create', '--json', 'dev']);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([code, error.code, error.azure.code], [7, 'azure', 'AllocationFailed']);
    assert.ok(error.details.some((line: string) => line.endsWith('nothing of dev is left.')));
    await assertNothingLeft();
  });

  it('stays with --no-rollback, with AZDOCK_ROLLBACK=0, and for docker-machine’s callers', async () => {
    for (const run of [
      () => fail(['create', '--no-rollback', 'dev']),
      () => fail(['create', 'dev'], { env: { AZDOCK_ROLLBACK: '0' } }),
      async () => {
        await armNoRoom('dev');
        return new DockerMachine(world).run(['create', '-d', 'azure', 'dev']);
      },
    ]) {
      const { stderr } = await run();
      assert.match(stderr, /There is now virtual machine dev/);
      assert.equal(await phase(), 'failed');
      await world.ok(['rm', '-y', 'dev']);
    }
    await assertNothingLeft();
  });

  it('leaves what was there before', async () => {
    await world.ok(['create', 'old']);
    const before = await sandbox.counts();
    await fail(['create', 'dev']);
    assert.deepEqual([await sandbox.counts(), await machines()], [before, ['old']]);
    await world.ok(['env', 'old']);
    await world.ok(['rm', '-y', 'old']);
    await assertNothingLeft();
  });

  it('is taken back as a whole when it was gone on with', async () => {
    await fail(['create', '--no-rollback', 'dev']);
    await armNoRoom('dev');
    assert.equal((await world.run(['create', '--resume', 'dev'])).code, 7);
    await assertNothingLeft();
  });

  it('that cannot be taken back either keeps its record, and names rm', async () => {
    const action = { status: 403, code: 'AuthorizationFailed', message: 'no' };
    const fault = await sandbox.arm({ method: 'DELETE', path: '/networkSecurityGroups/dev-', times: 0, action });
    const { stderr } = await fail(['create', 'dev']);
    assert.match(stderr, /could not be removed again: dev is not wholly removed; left in Azure: firewall dev-firewall/);
    assert.match(stderr, /^There is now firewall dev-firewall\. Nothing of that is billed\.$/m);
    assert.match(stderr, /^ {2}Clean up: +azdock rm dev$/m);
    assert.doesNotMatch(stderr, /--resume/);
    await sandbox.disarm(fault);
    await world.ok(['rm', '-y', 'dev']);
    await assertNothingLeft();
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    it(`keeps what was made when ${signal} ends it, and can be gone on with`, async () => {
      const { child, end, release } = await held(['create', 'dev']);
      child.kill(signal);
      const { code: ended, stdout, stderr } = await end;
      await release();
      assert.deepEqual([ended, stdout], [code, ''], stderr);
      assert.match(stderr, /^Interrupted\.\nIt has asked for .*dev-nic.* billed until it is removed\.$/m);
      assert.match(stderr, /azdock create dev --resume$[\s\S]*azdock rm dev$/m);
      assert.equal(await phase(), 'failed');
      await world.ok(['create', 'dev', '--resume']);
      await world.ok(['rm', '-y', 'dev']);
      await assertNothingLeft();
    });

  for (const [what, path] of [
    ['checks', '/skus$'],
    ['login', '/oauth2/'],
  ] as const)
    it(`stops when it is interrupted while nothing answers its ${what}`, async () => {
      const fault = await sandbox.arm({ path, times: 0, action: { hang: true } });
      const child = world.start(['create', 'dev']);
      const end = collect(child);
      await until(async () => ((await sandbox.fault(fault))?.struck ?? 0) > 0);
      child.kill('SIGINT');
      const { code, stderr } = await end;
      await sandbox.disarm(fault);
      assert.equal(code, 130, stderr);
      assert.match(stderr, /\nInterrupted\.\n$/);
      await assertNothingLeft();
    });

  it('is taken back when it is interrupted and --rollback was given', async () => {
    const { child, end, release } = await held(['create', '--rollback', 'dev']);
    child.kill('SIGINT');
    const { code, stderr } = await end;
    await release();
    assert.equal(code, 130, stderr);
    assert.match(stderr, /nothing of dev is left/);
    await assertNothingLeft();
  });

  it('ends at once when it is interrupted again while it is taken back, and nothing is lost', async () => {
    const { child, end, release } = await held(['create', '--rollback', 'dev']);
    const removal = await sandbox.arm({ method: 'DELETE', path: '/virtualMachines/dev$', action: { hold: true } });
    const deletion = async () => ((await sandbox.fault(removal))?.waiting ?? 0) > 0;
    child.kill('SIGINT');
    await until(deletion);
    let isOver = false;
    void end.then(() => {
      isOver = true;
    });
    // Signals that come close together are one: see cli/interrupt.ts.
    await until(async () => isOver || !child.kill('SIGINT'));
    assert.equal((await end).code, 130);
    for (const free of [release, () => sandbox.disarm(removal)]) await free();
    await world.ok(['rm', '-y', 'dev']);
    await assertNothingLeft();
  });

  describe('at a terminal', needs('script'), () => {
    /** Runs a line with a terminal around it, and types something once a pattern is seen. */
    async function atTerminal(line: string, seen: RegExp, typed: string): Promise<Result> {
      const child = spawn('script', ['-q', '-e', '-c', line, '/dev/null'], {
        env: { ...world.env, TERM: 'xterm', CI: '' },
        cwd: world.directory,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        const was = seen.test(text);
        text += chunk;
        if (!was && seen.test(text)) child.stdin.write(typed);
      });
      const [code] = await new Promise<[number | null]>((resolve) => child.once('close', (exit) => resolve([exit])));
      return { code, signal: null, stdout: text, stderr: '' };
    }

    it('is taken back when the answer is yes, with what exists before the question', async () => {
      await armNoRoom('dev');
      const { code, stdout } = await atTerminal('azdock create dev', /\(y\/N\): /, 'y\n');
      assert.equal(code, 7, stdout);
      assert.match(stdout, /Billed until removed: virtual machine dev[^\n]*\n[^\n]*Remove it\?[^\n]*\(y\/N\): /);
      assert.match(stdout, /nothing of dev is left/);
      await assertNothingLeft();
    });

    it('stays when the answer is no, or none', async () => {
      for (const answer of ['n\n', '\n', '\x04']) {
        await armNoRoom('dev');
        const { code, stdout } = await atTerminal('azdock create dev', /\(y\/N\): /, answer);
        assert.equal(code, 7, stdout);
        assert.match(stdout, /azdock create dev --resume --azure-size[\s\S]*azdock rm dev/);
        await world.ok(['rm', '-y', 'dev']);
      }
      await assertNothingLeft();
    });

    it('stops in order at one Ctrl-C', async () => {
      const id = await sandbox.arm({ method: 'PUT', path: '/virtualMachines/two$', action: { hold: true } });
      const { code, stdout } = await atTerminal('azdock create two', /Virtual machine two/, '\x03');
      await sandbox.disarm(id);
      assert.equal(code, 130, stdout);
      assert.match(stdout, /Stopping in order; once more stops at once\.[\s\S]*azdock create two --resume/);
      await world.ok(['rm', '-y', 'two']);
      await assertNothingLeft();
    });
  });
});
