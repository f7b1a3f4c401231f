import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { linuxGuests, needs } from '../skip.ts';
import { collect, LINUX, World } from './azdock.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Somebody else's host key. */
const OTHER_KEY = `ssh-ed25519 ${Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20'.padEnd(51, 'x'), 'latin1').toString('base64')}`;

suite('ssh', needs(...linuxGuests, 'ssh', 'script'), () => {
  let world: World;
  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', '--azure-provisioner', 'cloud-init', 'box']);
    await world.ok(['create', '--azure-provisioner', 'cloud-init', 'default']);
  });
  after(() => world?.destroy());

  /** The same with the system's client and with the built-in one. */
  const clients = [
    { title: "the system's ssh", global: [] },
    { title: 'the built-in client', global: ['--native-ssh'] },
  ] as const;

  for (const { title, global } of clients) {
    const ssh = (args: readonly string[], options = {}) => world.run([...global, 'ssh', ...args], options);

    suite(title, () => {
      test('runs a command, keeps its outputs apart and ends with its exit code', async () => {
        assert.deepEqual(await ssh(['box', 'hostname; echo err >&2; exit 7']), {
          code: 7,
          signal: null,
          stdout: 'box\n',
          stderr: 'err\n',
        });
      });

      test('hands words on as they are and in their order, flags and all', async () => {
        assert.equal((await ssh(['box', 'echo', 'a', 'b', 'a', '--json', '-D'])).stdout, 'a b a --json -D\n');
        assert.match((await ssh(['box', 'ls', '--help'])).stdout, /^Usage: ls/);
        assert.equal((await ssh(['box', '--', 'echo', '--', 'x'])).stdout, '-- x\n');
        assert.equal((await ssh(['-D', 'box', 'echo', 'x'])).stdout, 'x\n');
      });

      test('hands standard input on, and a command without any sees its end', async () => {
        const input = 'line\n'.repeat(200_000);
        const { stdout } = await ssh(['box', 'wc', '-c'], { input });
        assert.equal(stdout.trim(), String(input.length));
        assert.equal((await ssh(['box', 'cat; echo end'])).stdout, 'end\n');
      });

      test('has a terminal for the login shell, with the size of the user’s, and none for a command', async () => {
        const words = [process.execPath, PROGRAM, ...global, 'ssh', 'box'];
        const typed = ['stty size; tty; exit 3'];
        const screen = await inTerminal(world, words, typed);
        assert.match(screen.text, /31 97/);
        assert.match(screen.text, /\/dev\/pts\//);
        assert.doesNotMatch(screen.text.slice(screen.text.indexOf('31 97')), /\r\r\n/, 'each line ends once');
        assert.equal(screen.code, 3);
        assert.match((await ssh(['box', 'tty'])).stdout, /not a tty/);
        const forced = await inTerminal(world, [...words, '-t', 'tty; read line; echo "got $line"'], ['hello']);
        assert.match(forced.text, /\/dev\/pts\/[\s\S]*got hello/);
      });

      test('forwards no agent unless it is asked to', async () => {
        const agent = spawn('ssh-agent', ['-D', '-a', join(world.directory, `agent${global.length}`)]);
        const options = { env: { SSH_AUTH_SOCK: join(world.directory, `agent${global.length}`) } };
        await once(agent.stdout, 'data');
        try {
          assert.equal((await ssh(['box', 'echo [$SSH_AUTH_SOCK]'], options)).stdout, '[]\n');
          assert.match((await ssh(['box', '-A', 'echo [$SSH_AUTH_SOCK]'], options)).stdout, /^\[\/.+\]$/m);
        } finally {
          agent.kill();
        }
      });

      test('refuses a host with another key than the pinned one', async () => {
        const path = join(world.store, 'machines', 'box', 'azdock.json');
        const sidecar = await readFile(path, 'utf8');
        await writeFile(path, JSON.stringify({ ...JSON.parse(sidecar), hostKey: OTHER_KEY }));
        try {
          const { code, stdout, stderr } = await ssh(['box', 'hostname']);
          assert.equal(code, 10);
          assert.equal(stdout, '');
          assert.match(stderr, /^box answers with another SSH host key than the one pinned for it\.\npinned: +SHA256:/);
        } finally {
          await writeFile(path, sidecar);
        }
      });

      test('refuses a key that others can read, and one that is not there', async () => {
        const path = join(world.store, 'machines', 'box', 'id_rsa');
        await chmod(path, 0o644);
        const open = await ssh(['box', 'true']);
        await chmod(path, 0o600);
        assert.equal(open.code, 255);
        assert.match(open.stderr, /permissions 0644 for '.*id_rsa' are too open/);
        await rename(path, `${path}.away`);
        const missing = await ssh(['box', 'true']);
        await rename(`${path}.away`, path);
        assert.equal(missing.code, 255);
        assert.match(missing.stderr, /is missing/);
      });
    });
  }

  test('without any argument the machine called default is meant, with one never', async () => {
    assert.equal((await world.run(['ssh'], { input: 'hostname; exit 5\n' })).code, 5);
    assert.equal((await world.run(['ssh', 'hostname'])).code, 4);
  });

  test('a machine without a pinned key gets the one that answers, and is told so, once', async () => {
    const path = join(world.store, 'machines', 'box', 'azdock.json');
    const sidecar = JSON.parse(await readFile(path, 'utf8'));
    const { hostKey, ...rest } = sidecar;
    await writeFile(path, JSON.stringify(rest));
    const first = await world.run(['ssh', 'box', 'hostname']);
    assert.equal(first.stdout, 'box\n');
    assert.match(first.stderr, /host key of box is pinned from now on: SHA256:/);
    assert.equal(JSON.parse(await readFile(path, 'utf8')).hostKey, hostKey);
    assert.equal((await world.run(['ssh', 'box', 'hostname'])).stderr, '');
  });

  test('a command that ends with 255 is no failure of the connection', async () => {
    assert.deepEqual(await world.run(['ssh', 'box', 'exit', '255']), {
      code: 255,
      signal: null,
      stdout: '',
      stderr: '',
    });
  });

  test('a signal ends it, and the program that it runs', async () => {
    const running = world.start(['ssh', 'box', 'echo up; exec sleep 300']);
    const end = collect(running);
    await once(running.stdout ?? assert.fail(), 'data');
    const ssh = await children(running.pid ?? assert.fail());
    assert.equal(ssh.length, 1);
    running.kill('SIGTERM');
    assert.equal((await end).code, 255);
    for (const pid of ssh) assert.throws(() => process.kill(pid, 0), 'ssh has ended');
  });

  test('called as docker-machine it ends with 1 and tells the exit status', async () => {
    const link = join(world.directory, 'docker-machine');
    await symlink(PROGRAM, link);
    const { code, stdout, stderr } = await world.program(process.execPath, [link, 'ssh', 'box', 'echo out; exit 7']);
    assert.deepEqual({ code, stdout, stderr }, { code: 1, stdout: 'out\n', stderr: 'exit status 7\n' });
  });

  test('a machine that does not run is said to be so, with the way to start it', async () => {
    await world.ok(['stop', 'default']);
    for (const { global } of clients) {
      const { code, stdout, stderr } = await world.run([...global, 'ssh', 'default', 'true']);
      assert.equal(code, 255);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^Cannot run SSH command: Host "default" is not running\. Azure says the VM is deallocated\./,
      );
      assert.match(stderr, /azdock start default/);
    }
    const link = join(world.directory, 'docker-machine');
    const { code, stderr } = await world.program(process.execPath, [link, 'ssh', 'default', 'true']);
    assert.equal(code, 1);
    assert.match(stderr, /^Error: Cannot run SSH command: Host "default" is not running/);
  });
});

/** Processes that a process has started and that still run. */
async function children(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}

/** Runs a program in a terminal of 97 columns and 31 rows, types a line whenever it has prompted, and reads the screen. */
async function inTerminal(
  world: World,
  words: readonly string[],
  lines: readonly string[],
): Promise<{ code: number | null; text: string }> {
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const line = `stty cols 97 rows 31; exec ${quoted}`;
  const child = spawn('script', ['-q', '-e', '-c', line, '/dev/null'], { env: { ...world.env, TERM: 'xterm' } });
  let text = '';
  let toType = [...lines];
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const [next, ...others] = toType;
    if (next === undefined || !/\$ $|\/dev\/pts\/\d+\r\n$/.test(text)) return;
    toType = others;
    child.stdin.write(`${next}\r`);
  });
  const [code] = await once(child, 'close');
  return { code, text };
}
