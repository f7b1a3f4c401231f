import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { askSocket, type SocketQuestion } from '../../src/engine/ask-socket.ts';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { refuseClient } from '../../src/machine/tunnel/refuse-client.ts';

function socketPath(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-socket-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'docker.sock');
}

async function listen(test: TestContext, server: Server): Promise<string> {
  const path = socketPath(test);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(path);
  await once(server, 'listening');
  test.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return path;
}

function ask(socket: string, more: Partial<SocketQuestion> = {}): Promise<string> {
  const { signal } = new AbortController();
  return askSocket({ machine: 'dev', socket, path: '/_ping', timeoutMs: 20_000, signal, ...more });
}

async function failureOf(answer: Promise<string>): Promise<EngineUnreachableError> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EngineUnreachableError, String(error));
  return error;
}

test('gives what the engine answers', async (t) => {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('OK');
  });
  assert.equal(await ask(await listen(t, server)), 'OK');
  assert.deepEqual(asked, ['GET /_ping']);
});

test('a socket that nobody listens at is told apart from everything else', async (t) => {
  const missing = socketPath(t);
  assert.equal((await failureOf(ask(missing))).failure, 'refused');
  const left = await listen(t, createServer());
  const { message, failure } = await failureOf(ask(`${left}.other`));
  assert.equal(failure, 'refused');
  assert.equal(message, `dev does not answer at unix://${left}.other: nobody listens there.`);
  const file = socketPath(t);
  writeFileSync(file, '');
  assert.equal((await failureOf(ask(file))).failure, 'refused');
});

test('what the tunnel says in place of an engine is passed on word for word', async (t) => {
  const server = createServer({ allowHalfOpen: true }, (socket) => refuseClient(socket, 'dev is switched off.'));
  const { message, failure } = await failureOf(ask(await listen(t, server)));
  assert.deepEqual([message, failure], ['dev is switched off.', 'unreachable']);
});

test('an engine that is not well, or no engine, is not the tunnel', async (t) => {
  const ill = createHttpServer((_request, response) => response.writeHead(500).end('{"message":"out of order"}'));
  assert.match((await failureOf(ask(await listen(t, ill)))).message, /: out of order\.$/);
  const other = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  assert.match((await failureOf(ask(await listen(t, other)))).message, /^dev does not answer at unix:/);
});

test('is not waited for longer than was said, and not at all once aborted', async (t) => {
  const silent = await listen(t, createServer());
  assert.equal((await failureOf(ask(silent, { timeoutMs: 20 }))).failure, 'timeout');
  const abort = new AbortController();
  const answer = ask(silent, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(answer, /^Error: enough$/);
});
