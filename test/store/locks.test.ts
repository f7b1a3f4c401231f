import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { link, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LockedError } from '../../src/errors/locked-error.ts';
import { StoreError } from '../../src/errors/store-error.ts';
import { takeLock as takeLockFile } from '../../src/store/lock-file.ts';
import { createLocks } from '../../src/store/locks.ts';
import { ownIdentity } from '../../src/store/process-identity.ts';
import { openStore } from '../../src/store/store.ts';
import { type Clock, systemClock } from '../../src/wait/wait-until.ts';
import { needs } from '../skip.ts';
import { temporaryRoot } from './store-fixture.ts';

const PROGRAM = fileURLToPath(new URL('lock-program.ts', import.meta.url));
const wait = { deadlineMs: 60_000 };

/** Time that passes only while somebody sleeps. */
function fakeClock(): Clock {
  let time = 0;
  return {
    now: () => time,
    async sleep(ms) {
      time += ms;
      await new Promise(setImmediate);
    },
  };
}

function startHolder(t: TestContext, ...args: string[]): ChildProcess {
  const child = fork(PROGRAM, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function message(child: ChildProcess): Promise<unknown> {
  const [said] = await once(child, 'message');
  return said;
}

/** Says what taking the lock led to. The lock file stays. */
async function takeLock(path: string): Promise<'taken' | 'held'> {
  const result = await takeLockFile(path);
  if (!('lock' in result)) return 'held';
  await result.lock.close();
  return 'taken';
}

/** A lock file as a process that is gone would have left it. */
async function leaveLock(path: string, change: object = {}): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const holder = { ...ownIdentity(), pid: 2 ** 22 + 1, startTime: '1', since: '2026-11-20T21:40:03Z', nonce: 'gone-1' };
  await writeFile(path, JSON.stringify({ ...holder, ...change }));
}

test('the work of one runs after that of the other, within a process', async (t) => {
  const store = openStore(await temporaryRoot(t), systemClock);
  let running = 0;
  const work = async () => {
    running += 1;
    assert.equal(running, 1);
    await new Promise(setImmediate);
    running -= 1;
    return 'done';
  };
  const results = await Promise.all(Array.from({ length: 5 }, () => store.withMachineLock('dev', wait, work)));
  assert.deepEqual(results, Array(5).fill('done'));
});

test('locks of different machines and of the certificates do not wait for each other', async (t) => {
  const store = openStore(await temporaryRoot(t), systemClock);
  const innermost = await store.withMachineLock('a', wait, () =>
    store.withMachineLock('b', wait, () => store.withCertsLock(wait, async () => 'in')),
  );
  assert.equal(innermost, 'in');
});

test('lock files live apart from machines and go with the lock, also when the work fails', async (t) => {
  const root = await temporaryRoot(t);
  const store = openStore(root, systemClock);
  await store.withMachineLock('dev', wait, async () => {
    assert.deepEqual(await readdir(root), ['.locks']);
    assert.deepEqual(await readdir(join(root, '.locks')), ['machine-dev.lock']);
  });
  await assert.rejects(
    store.withCertsLock(wait, async () => {
      throw new Error('work failed');
    }),
    /work failed/,
  );
  assert.deepEqual(await readdir(join(root, '.locks')), []);
});

test('a lock that another process holds ends the wait with an error that names the process', async (t) => {
  const root = await temporaryRoot(t);
  const holder = startHolder(t, 'hold', root);
  assert.equal(await message(holder), 'held');
  const seen: number[] = [];
  const asked = openStore(root, fakeClock()).withMachineLock(
    'dev',
    { deadlineMs: 1000, onWait: ({ pid }) => seen.push(pid) },
    async () => assert.fail('two hold the lock'),
  );
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof LockedError);
    assert.match(error.message, new RegExp(`Another azdock is at work on machine dev: process ${holder.pid} on `));
    return true;
  });
  assert.deepEqual(seen, [holder.pid]);
});

test('a lock is released by process.exit in the middle of the work', async (t) => {
  const root = await temporaryRoot(t);
  const holder = startHolder(t, 'exit', root);
  await once(holder, 'exit');
  assert.deepEqual(await readdir(join(root, '.locks')), []);
});

test('the lock of a killed process is taken over, even before its parent has noticed its death', async (t) => {
  const root = await temporaryRoot(t);
  const holder = startHolder(t, 'hold', root);
  await message(holder);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  assert.deepEqual(await readdir(join(root, '.locks')), ['machine-dev.lock']);
  assert.equal(await openStore(root, systemClock).withMachineLock('dev', wait, async () => 'mine'), 'mine');
  assert.deepEqual(await readdir(join(root, '.locks')), []);
});

test(
  'a lock whose process number was given to another process is taken over',
  needs({ what: 'Linux', met: process.platform === 'linux' }),
  async (t) => {
    const path = join(await temporaryRoot(t), 'x.lock');
    await leaveLock(path, { pid: process.pid, startTime: '1' });
    assert.equal(await takeLock(path), 'taken');
  },
);

test('a lock of another computer is respected while it is refreshed, and taken over when it has not been for long', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  await leaveLock(path, { host: 'elsewhere' });
  assert.equal(await takeLock(path), 'held');
  const old = new Date(Date.now() - 61_000);
  await utimes(path, old, old);
  assert.equal(await takeLock(path), 'taken');
});

test('a refresh shows in the time of the lock file', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  const taken = await takeLockFile(path);
  assert.ok('lock' in taken);
  const content = await readFile(path, 'utf8');
  await utimes(path, new Date(0), new Date(0));
  await taken.lock.refresh();
  assert.ok((await stat(path)).mtimeMs > 0);
  assert.equal(await readFile(path, 'utf8'), content);
  await taken.lock.close();
});

test('a lock file without content, as a crash of the computer leaves it, is taken over', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  await writeFile(path, '');
  assert.equal(await takeLock(path), 'taken');
});

test('a lock file that is cut, garbled or no file is nobody’s', async (t) => {
  const root = await temporaryRoot(t);
  const cases: Readonly<Record<string, (path: string) => Promise<void>>> = {
    cut: (path) => writeFile(path, JSON.stringify(ownIdentity()).slice(0, 40)),
    zeros: (path) => writeFile(path, Buffer.alloc(300)),
    null: (path) => writeFile(path, 'null'),
    'a nonce that would lead elsewhere': (path) => leaveLock(path, { ...ownIdentity(), nonce: '../../x' }),
    'a link to nowhere': (path) => symlink(join(root, 'nowhere'), path),
    'a link to a file': (path) => symlink('/etc/passwd', path),
  };
  for (const [what, make] of Object.entries(cases)) {
    const path = join(root, `${what.replaceAll(' ', '-')}.lock`);
    await make(path);
    assert.equal(await takeLock(path), 'taken', what);
    assert.equal((await lstat(path)).isFile(), true, what);
  }
  assert.deepEqual((await readdir(root)).length, Object.keys(cases).length);
});

test('a directory in the place of a lock is an error that names it', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  await mkdir(path);
  const asked = createLocks(systemClock).withLock(path, 'x', wait, async () => {});
  await assert.rejects(asked, (error) => error instanceof StoreError && error.resource === path);
});

test('a lock of an earlier boot, or of a copy of this computer, is not judged by its process number', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  const { host } = ownIdentity();
  const other = host.split(' ').with(1, '00000000-0000-4000-8000-000000000000').join(' ');
  await leaveLock(path, { host: other });
  assert.equal(await takeLock(path), process.platform === 'linux' ? 'held' : 'taken');
});

test('a lock from the future, of a time when the clock was wrong, is taken over', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  await leaveLock(path, { host: 'elsewhere' });
  const future = new Date(Date.now() + 86_400_000);
  await utimes(path, future, future);
  assert.equal(await takeLock(path), 'taken');
});

test('lock files are private, and can be read by their owner, whatever the umask', async (t) => {
  const root = await temporaryRoot(t);
  for (const umask of [0o000, 0o777]) {
    const path = join(root, `${umask}.lock`);
    const before = process.umask(umask);
    await takeLock(path).finally(() => process.umask(before));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  }
});

test('of many who find the lock of a dead process at once, exactly one gets it', async (t) => {
  const root = await temporaryRoot(t);
  for (let round = 0; round < 50; round += 1) {
    const path = join(root, `${round}.lock`);
    await leaveLock(path);
    const results = await Promise.all(Array.from({ length: 8 }, () => takeLock(path)));
    assert.equal(results.filter((result) => result === 'taken').length, 1);
  }
  assert.equal((await readdir(root)).length, 50);
});

test('a takeover whose process died in the middle is finished by another', async (t) => {
  const root = await temporaryRoot(t);
  const path = join(root, 'x.lock');
  await leaveLock(path);
  await leaveLock(`${path}.gone-1`, { nonce: 'gone-2' });
  assert.equal(await takeLock(path), 'taken');
  assert.deepEqual(await readdir(root), ['x.lock']);
});

test('a long row of takeovers whose processes all died in the middle is finished by another', async (t) => {
  const root = await temporaryRoot(t);
  const path = join(root, 'x.lock');
  await leaveLock(path, { nonce: 'gone-0' });
  for (let at = 0; at < 30; at += 1) await leaveLock(`${path}.gone-${at}`, { nonce: `gone-${at + 1}` });
  assert.equal(await takeLock(path), 'taken');
  assert.deepEqual(await readdir(root), ['x.lock']);
});

test('takeovers of which the computer has kept empty files are finished by another', async (t) => {
  const root = await temporaryRoot(t);
  for (const name of ['x.lock', 'x.lock.broken', 'x.lock.broken.broken']) await writeFile(join(root, name), '');
  assert.equal(await takeLock(join(root, 'x.lock')), 'taken');
  assert.deepEqual(await readdir(root), ['x.lock']);
});

test('a takeover that a living process is at is left to it', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  await leaveLock(path);
  const other = `${path}.other`;
  await leaveLock(other, { ...ownIdentity(), nonce: 'alive-1' });
  await link(other, `${path}.gone-1`);
  assert.equal(await takeLock(path), 'held');
});

test('an abort ends the wait for a lock', async (t) => {
  const path = join(await temporaryRoot(t), 'x.lock');
  assert.equal(await takeLock(path), 'taken');
  const abort = new AbortController();
  const asked = createLocks(systemClock).withLock(path, 'x', { ...wait, signal: abort.signal }, async () => {});
  abort.abort(new Error('enough'));
  await assert.rejects(asked, /enough/);
});

test('many processes, some of them killed while they hold the lock: never two at once, and nobody is stuck', async (t) => {
  const root = await temporaryRoot(t);
  const children = Array.from({ length: 8 }, (_, index) => startHolder(t, index % 4 === 3 ? 'die' : 'count', root));
  const exits = await Promise.all(children.map(async (child) => once(child, 'exit')));
  const died = exits.filter(([code, signal]) => code !== 0 || signal !== null);
  assert.equal(died.length, 2, 'those that were to die, and no other');
  // A round is 'in' and 'out'; one who died has left an 'in' alone.
  const log = (await readFile(join(root, 'log'), 'utf8')).trim().split('\n');
  let inside: string | undefined;
  for (const line of log) {
    const [what, who] = line.split(' ');
    if (what === 'in') inside = who;
    else assert.equal(inside, who, `${who} came out while ${inside} was in`);
  }
  assert.equal(log.filter((line) => line.startsWith('out')).length, 6 * 20 + 2 * 3);
  // One who died last has left its lock to whoever comes next.
  await openStore(root, systemClock).withMachineLock('dev', wait, async () => {});
  assert.deepEqual(await readdir(join(root, '.locks')), []);
});
