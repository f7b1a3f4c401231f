import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { after, before, suite, test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import type { Attachment } from '../../src/ssh/attach-channel.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { parseForward } from '../../src/ssh/forward-spec.ts';
import type { SshSession } from '../../src/ssh/session.ts';
import { needs } from '../skip.ts';
import { freePort, prepareSshd, type TestSshd } from './sshd.ts';

const { signal } = new AbortController();

/** Streams of a user who types `input` and then nothing more. */
function user(input: string, change: Partial<Attachment> = {}) {
  const said = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said[name] += chunk.toString();
        done();
      },
    });
  const stdin = new PassThrough();
  stdin.end(input);
  const attachment: Attachment = {
    stdin,
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    pty: undefined,
    onResize: () => () => {},
    signal,
    ...change,
  };
  return { said, attachment };
}

suite('a session that a user is attached to', needs('sshd', 'ssh-keygen'), () => {
  let sshd: TestSshd;
  let session: SshSession;

  before(async () => {
    sshd = await prepareSshd(['ed25519']);
    await sshd.start();
    session = await connectSsh({ ...sshd, hostKey: undefined, signal });
  });
  after(async () => {
    session?.close();
    await sshd?.close();
  });

  test('a command gets the input, keeps its two outputs apart, and gives its exit code', async () => {
    const { said, attachment } = user('one\ntwo\n');
    assert.deepEqual(await session.attach('cat; echo no >&2; exit 7', attachment), { code: 7 });
    assert.deepEqual(said, { stdout: 'one\ntwo\n', stderr: 'no\n' });
  });

  test('megabytes pass both ways', async () => {
    const { said, attachment } = user('x'.repeat(3_000_000));
    assert.deepEqual(await session.attach('cat', attachment), { code: 0 });
    assert.equal(said.stdout.length, 3_000_000);
  });

  test('a signal that ends the command is told as shells tell it', async () => {
    assert.deepEqual(await session.attach('kill -TERM $$', user('').attachment), { code: 143 });
  });

  test('without a command the login shell reads the input', async () => {
    const { said, attachment } = user('echo $((6*7))\nexit 4\n');
    assert.deepEqual(await session.attach(undefined, attachment), { code: 4 });
    assert.match(said.stdout, /^42$/m);
  });

  test('a terminal has its kind and size, and a new size when the user’s changes', async () => {
    let resize: (rows: number, columns: number) => void = () => {};
    const stdin = new PassThrough();
    const { said, attachment } = user('', {
      stdin,
      pty: { term: 'xterm-256color', rows: 31, cols: 97 },
      onResize(resized) {
        resize = resized;
        return () => {};
      },
    });
    const running = session.attach('echo $TERM; stty size; read line; stty size', attachment);
    while (!said.stdout.includes('31 97')) await new Promise(setImmediate);
    resize(40, 120);
    stdin.write('go\n');
    assert.deepEqual(await running, { code: 0 });
    assert.match(said.stdout, /^xterm-256color\r\n31 97\r\n/);
    assert.match(said.stdout, /40 120\r\n$/);
  });

  test('a reader that goes away ends the command', async () => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    assert.deepEqual(await session.attach('yes', user('', { stdout }).attachment), { code: 141 });
  });

  test('an interrupted command is over with the reason, and the connection goes on', async () => {
    const abort = new AbortController();
    const { said, attachment } = user('', { signal: abort.signal });
    const running = session.attach('echo $$; exec sleep 600', attachment);
    while (said.stdout === '') await new Promise(setImmediate);
    const reason = new Error('enough');
    abort.abort(reason);
    await assert.rejects(running, reason);
    assert.equal((await session.exec('echo on', { signal })).stdout, 'on\n');
    // Without a terminal, sshd lets the command of a user who is root go on.
    await session.exec(`kill ${said.stdout}`, { signal });
  });

  suite('forwarding', () => {
    let echo: Server;
    let echoPort: number;
    before(async () => {
      echoPort = await freePort();
      echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(echoPort, '127.0.0.1');
      await once(echo, 'listening');
    });
    after(() => echo.close());

    test('-L and -R carry connections to where they say', async () => {
      const [local, remote] = [await freePort(), await freePort()];
      await session.forward(parseForward('L', `${local}:127.0.0.1:${echoPort}`));
      await session.forward(parseForward('R', `127.0.0.1:${remote}:127.0.0.1:${echoPort}`));
      assert.equal(await say(local, 'here'), 'here');
      assert.equal(await say(remote, 'there'), 'there');
    });

    test('-D is a SOCKS proxy that takes names and addresses', async () => {
      const port = await freePort();
      await session.forward(parseForward('D', String(port)));
      const name = Buffer.from('localhost');
      const target = Buffer.alloc(2);
      target.writeUInt16BE(echoPort);
      const byAddress = Buffer.concat([Buffer.of(5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1), target]);
      const byName = Buffer.concat([Buffer.of(5, 1, 0, 5, 1, 0, 3, name.length), name, target]);
      for (const greeting of [byAddress, byName]) {
        const heard = await say(port, Buffer.concat([greeting, Buffer.from('hello')]));
        assert.equal(heard.slice(12), 'hello');
      }
    });

    test('a client that speaks no SOCKS is let go, and the others are served', async () => {
      const port = await freePort();
      await session.forward(parseForward('D', String(port)));
      assert.equal(await say(port, 'GET / HTTP/1.0\r\n\r\n'), '');
      assert.equal((await session.exec('echo on', { signal })).stdout, 'on\n');
    });

    test('a port that is taken here is refused', async () => {
      await assert.rejects(session.forward(parseForward('L', `127.0.0.1:${echoPort}:h:1`)), UsageError);
    });
  });
});

/** Sends something, ends its side, and hears what comes back. */
async function say(port: number, what: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.end(what);
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
  });
  await once(socket, 'close');
  return heard;
}
