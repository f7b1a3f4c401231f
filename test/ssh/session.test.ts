import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { SshError } from '../../src/errors/ssh-error.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import type { SshSession } from '../../src/ssh/session.ts';
import { needs } from '../skip.ts';
import { prepareSshd, type TestSshd } from './sshd.ts';

suite('a session with a real sshd', needs('sshd', 'ssh-keygen'), () => {
  const { signal } = new AbortController();
  let sshd: TestSshd;
  let session: SshSession;

  before(async () => {
    sshd = await prepareSshd();
    await sshd.start();
    session = await connectSsh({ ...sshd, hostKey: undefined, signal });
  });
  after(async () => {
    session?.close();
    await sshd.close();
  });

  test('shows the ed25519 key of the host, for pinning', async () => {
    assert.equal(session.hostKey, await sshd.hostKey('ed25519'));
  });

  test('gives output, error output and exit status', async () => {
    const result = await session.exec('echo out; echo err >&2; exit 3', { signal });
    assert.deepEqual(result, { code: 3, signal: undefined, stdout: 'out\n', stderr: 'err\n', truncated: false });
  });

  test('gives the signal that ended a command', async () => {
    const result = await session.exec('kill -KILL $$', { signal });
    assert.equal(result.code, null);
    assert.equal(result.signal, 'SIGKILL');
  });

  test('feeds standard input to the end, megabytes too', async () => {
    const { stdout } = await session.exec('wc -c', { stdin: Buffer.alloc(3_000_000, 120), signal });
    assert.equal(stdout.trim(), '3000000');
  });

  test('a command that reads its input without one being given sees its end', async () => {
    assert.equal((await session.exec('cat; echo end', { signal })).stdout, 'end\n');
  });

  test('tells output as it comes, characters whole', async () => {
    const heard: string[] = [];
    const onOutput = (text: string, stream: string) => heard.push(`${stream}:${text}`);
    await session.exec(`printf '\\303'; sleep 0.05; printf '\\274\\n'`, { signal, onOutput });
    assert.equal(heard.join('').replaceAll('stdout:', ''), 'ü\n');
  });

  test('keeps only the end of very long output', async () => {
    const result = await session.exec('head -c 5000000 /dev/zero | tr "\\0" x; echo last', { signal });
    assert.equal(result.truncated, true);
    assert.equal(result.stdout.length, 1024 * 1024);
    assert.ok(result.stdout.endsWith('xlast\n'));
  });

  test('several commands share one connection', async () => {
    const results = await Promise.all([1, 2, 3, 4].map((n) => session.exec(`echo ${n}`, { signal })));
    assert.deepEqual(
      results.map((result) => result.stdout),
      ['1\n', '2\n', '3\n', '4\n'],
    );
  });

  test('an aborted command rejects with the reason, and the session stays usable', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const running = session.exec('echo started; sleep 60', {
      signal: abort.signal,
      onOutput: () => abort.abort(reason),
    });
    await assert.rejects(running, reason);
    assert.equal((await session.exec('echo on', { signal })).stdout, 'on\n');
  });

  test('uploads a file with its mode, over one that was wider open', async () => {
    const path = join(sshd.folder, 'uploaded');
    await writeFile(path, 'old and longer than the new text', { mode: 0o644 });
    await session.upload({ path, content: Buffer.from('secret'), mode: 0o600 }, signal);
    assert.equal(await readFile(path, 'utf8'), 'secret');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  test('an upload to where nothing can be written says so', async () => {
    const upload = session.upload({ path: '/no/such/folder/file', content: Buffer.from('x'), mode: 0o600 }, signal);
    await assert.rejects(
      upload,
      (error) => error instanceof SshError && /\/no\/such\/folder\/file/.test(error.message),
    );
  });

  test('a server that goes away during a command is an error, not an endless wait', async () => {
    const doomed = await connectSsh({ ...sshd, hostKey: undefined, signal });
    // The command ends the sshd process that serves this very connection.
    const running = doomed.exec('kill -KILL $(ps -o ppid= -p $$) ; sleep 60', { signal });
    await assert.rejects(running, (error) => error instanceof SshError && error.failure === 'closed');
    await assert.rejects(doomed.exec('true', { signal }), SshError);
  });
});
