import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { HostKeyChangedError } from '../../src/errors/host-key-changed-error.ts';
import { SshError } from '../../src/errors/ssh-error.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { SharedSession } from '../../src/ssh/shared-session.ts';
import { SocketTunnel } from '../../src/ssh/socket-tunnel.ts';
import { newKeyPair } from './key-pair.ts';
import { type SocketHost, startSocketHost } from './socket-host.ts';

interface Setup {
  readonly host: SocketHost;
  /** Where the tunnel listens. */
  readonly path: string;
  readonly tunnel: SocketTunnel;
  readonly session: SharedSession;
  readonly log: string[];
  readonly refused: unknown[];
  readonly clock: { ms: number; now(): number };
}

/** A tunnel to a socket at which everything is sent back in capital letters. */
async function setUp(test: TestContext, openTimeoutMs = 60_000): Promise<Setup> {
  const host = await startSocketHost(test);
  const target = join(host.folder, 'target');
  const echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()));
    socket.on('end', () => socket.end());
  });
  echo.listen(target);
  await once(echo, 'listening');
  const pinned = host.hostKey;
  const log: string[] = [];
  const clock = { ms: 0, now: () => clock.ms };
  const session = new SharedSession({
    log: (line) => log.push(line),
    clock,
    openTimeoutMs,
    connect: (signal) => {
      const { port, user, privateKey } = host;
      return connectSsh({ host: '127.0.0.1', port, user, privateKey, hostKey: pinned, machine: 'dev', signal });
    },
  });
  const refused: unknown[] = [];
  const path = join(host.folder, 'docker.sock');
  const tunnel = await SocketTunnel.open({
    path,
    session,
    open: (ssh) => ssh.openSocket(target),
    refuse: (socket, error) => {
      refused.push(error);
      socket.destroy();
    },
  });
  test.after(async () => {
    await tunnel.close();
    session.close();
    echo.close();
  });
  return { host, path, tunnel, session, log, refused, clock };
}

async function say(path: string, words: string): Promise<string> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.end(words);
  // Who is refused may hear of it while he still speaks.
  return text(socket).catch(() => '');
}

/** A connection that the other end has answered on. */
async function connected(path: string): Promise<Socket> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.write('hello');
  await once(socket, 'data');
  return socket;
}

test('many connections share one login, and one that has ended its side is still answered', async (t) => {
  const { path, host } = await setUp(t);
  const words = Array.from({ length: 20 }, (_, index) => `word ${index}`);
  const answers = await Promise.all(words.map((word) => say(path, word)));
  assert.deepEqual(
    answers,
    words.map((word) => word.toUpperCase()),
  );
  assert.equal(host.logins, 1);
});

test('nobody logs in before somebody connects, and only the user may connect', async (t) => {
  const { path, host } = await setUp(t);
  assert.equal(host.logins, 0);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(await say(path, 'hello'), 'HELLO');
});

test('much data comes through unchanged', async (t) => {
  const { path } = await setUp(t);
  const much = readFileSync(process.execPath).subarray(0, 3_000_000).toString('hex');
  assert.equal(await say(path, much), much.toUpperCase());
});

test('after the host was away the next who connects is served, without anybody knocking meanwhile', async (t) => {
  const { path, host, log } = await setUp(t);
  assert.equal(await say(path, 'one'), 'ONE');
  const open = await connected(path);
  host.drop();
  assert.equal(await text(open), '', 'what was open is cut off');
  assert.equal(host.logins, 1);
  assert.equal(await say(path, 'two'), 'TWO');
  assert.equal(host.logins, 2);
  assert.match(log.join('\n'), /connected to .*\nThe SSH connection to 127\.0\.0\.1 was lost.*\nconnected to /);
});

test('a host that shows another key afterwards is told nothing', async (t) => {
  const { path, host, refused } = await setUp(t);
  assert.equal(await say(path, 'one'), 'ONE');
  await host.close();
  await host.listen(newKeyPair().private);
  assert.equal(await say(path, 'two'), '');
  assert.ok(refused[0] instanceof HostKeyChangedError);
  assert.equal(host.logins, 1);
});

test('a host that is not there is told to who asks; those who ask next hear the same, until some time has passed', async (t) => {
  const { path, host, refused, clock } = await setUp(t);
  await host.close();
  assert.equal(await say(path, 'one'), '');
  await host.listen();
  assert.equal(await say(path, 'two'), '');
  assert.equal(refused.length, 2);
  assert.ok(refused[0] instanceof SshError && refused[0].failure === 'refused');
  assert.equal(refused[1], refused[0]);
  clock.ms += 10_000;
  assert.equal(await say(path, 'three'), 'THREE');
});

test('a host that does not connect to the socket keeps its connection', async (t) => {
  const { path, host, refused } = await setUp(t);
  assert.equal(await say(path, 'one'), 'ONE');
  host.manner = 'refuse';
  assert.equal(await say(path, 'two'), '');
  assert.ok(refused[0] instanceof SshError);
  host.manner = 'connect';
  assert.equal(await say(path, 'three'), 'THREE');
  assert.equal(host.logins, 1);
});

test('a connection that is dead without anybody having noticed is given up for another', async (t) => {
  const { path, host } = await setUp(t, 100);
  assert.equal(await say(path, 'one'), 'ONE');
  host.manner = 'silent';
  const answer = say(path, 'two');
  while (host.logins < 2) await once(setTimer(10), 'abort');
  host.manner = 'connect';
  assert.match(await answer, /^(TWO)?$/);
  assert.equal(await say(path, 'three'), 'THREE');
});

test('at its end the socket is gone, and so are those that were connected', async (t) => {
  const { path, tunnel } = await setUp(t);
  const open = await connected(path);
  const rest = text(open);
  await tunnel.close();
  assert.equal(await rest, '');
  assert.equal(statSync(path, { throwIfNoEntry: false }), undefined);
});

function setTimer(ms: number): AbortSignal {
  return AbortSignal.timeout(ms);
}
