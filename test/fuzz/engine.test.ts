import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createPlainServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { after, describe } from 'node:test';
import { constantFrom, oneof, record, tuple } from 'fast-check';
import { askSocket } from '../../src/engine/ask-socket.ts';
import { connectEngine } from '../../src/engine/client.ts';
import { dialEngine } from '../../src/engine/dial.ts';
import { createVersionQuery } from '../../src/engine/version.ts';
import { ca, good, serverCertificate } from '../engine/engine-fixture.ts';
import { fuzz } from './fuzz.ts';
import { hostileJson, hostileText } from './hostile.ts';
import { orRefusal } from './judge.ts';

/** What a server does with whoever connects: bytes, then how it goes on. */
interface Treatment {
  readonly bytes: string;
  readonly next: 'close' | 'stay' | 'break' | 'go on for ever';
}

const MACHINE = { machine: 'dev', host: '127.0.0.1' };
/** For one question: a server that stays silent costs that much each time. */
const TIMEOUT_MS = 150;
/** Of one answer: what may be kept of it, and what lies in buffers on the way. */
const MOST_BYTES_TAKEN = 16 * 2 ** 20;

let treatment: Treatment = { bytes: '', next: 'close' };
/** Connections of the question at hand, and those of others that are still open. */
const sockets = new Set<Socket>();

function treat(socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.once('data', () => {
    const { bytes, next } = treatment;
    socket.write(Buffer.from(bytes, 'latin1'));
    if (next === 'close') socket.end();
    else if (next === 'break') socket.destroy();
    else if (next === 'go on for ever') pour(socket);
  });
}

/** As fast as it is taken. */
function pour(socket: Socket): void {
  const piece = Buffer.from(`${(0x10000).toString(16)}\r\n${' '.repeat(0x10000)}\r\n`, 'latin1');
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

const folder = mkdtempSync(join(tmpdir(), 'azdock-fuzz-'));
const { cert, key } = await serverCertificate();
const engine = createServer({ cert, key: key.reveal(), ca: ca.cert, requestCert: true }, treat);
const local = createPlainServer(treat);
const port = await new Promise<number>((resolve) => {
  engine.listen(0, '127.0.0.1', () => {
    const address = engine.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
});
const socketPath = join(folder, 'docker.sock');
await new Promise<void>((resolve) => local.listen(socketPath, resolve));
engine.on('tlsClientError', () => {});
after(() => {
  for (const socket of sockets) socket.destroy();
  engine.close();
  local.close();
  rmSync(folder, { recursive: true });
});

const statusLine = oneof(
  constantFrom(
    'HTTP/1.1 200 OK',
    'HTTP/1.0 200',
    'HTTP/1.1 500 x',
    'HTTP/1.1 204 No',
    'HTTP/1.1 101 Switching',
    'HTTP/1.1 301 x',
    'HTTP/1.1 100 Continue',
  ),
  constantFrom(
    'HTTP/9.9 200 OK',
    'HTTP/1.1 99999 OK',
    'HTTP/1.1 -1',
    'ICY 200 OK',
    'HTTP/1.1',
    'SSH-2.0-OpenSSH_9.6',
    '{"Version":"1"}',
  ),
  hostileText,
);
const header = oneof(
  constantFrom(
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 99999999999999999999',
    'Content-Length: 7',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
  ),
  constantFrom(
    'Content-Type: application/json',
    'Content-Encoding: gzip',
    'Server: azdock-tunnel',
    'Location: http://127.0.0.1:9/',
    'Connection: upgrade',
    `X: ${'x'.repeat(20_000)}`,
  ),
  hostileText,
);
const body = oneof(
  tuple(oneof(constantFrom('28.2.2'), hostileJson), hostileJson).map(([Version, Os]) =>
    JSON.stringify({ Version, ApiVersion: '1.50', Os, Arch: null }),
  ),
  hostileJson.map((value) => JSON.stringify(value)),
  constantFrom(
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\n',
    '-1\r\nx',
    'zz\r\n',
    '0;'.padEnd(20_000, 'x'),
    '['.repeat(50_000),
    '',
  ),
  hostileText,
  hostileText.map((message) => JSON.stringify({ message })),
);
const answers = record({
  bytes: oneof(
    tuple(statusLine, header, header, body).map(
      ([status, one, two, text]) => `${status}\r\n${one}\r\n${two}\r\n\r\n${text}`,
    ),
    tuple(statusLine, body).map(([status, text]) => `${status}\r\nConnection: close\r\n\r\n${text}`),
    constantFrom(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      'HTTP/1.1 200 OK\r\n\r\n',
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 500 x\r\n\r\n',
    ),
    hostileText,
  ),
  next: constantFrom<Treatment['next']>('close', 'close', 'close', 'break', 'stay', 'go on for ever'),
});

const tls = { ...MACHINE, ...good, port, timeoutMs: TIMEOUT_MS };
const client = connectEngine(tls);
const { signal } = new AbortController();
const QUESTIONS: Readonly<Record<string, () => Promise<unknown>>> = {
  ping: () => dialEngine(tls),
  version: () => createVersionQuery()({ ...tls, credentials: () => good }),
  'version by dockerode': () => client.version(),
  'info by dockerode': () => client.info(),
  'version through a socket': () =>
    askSocket({ machine: 'dev', socket: socketPath, path: '/version', timeoutMs: TIMEOUT_MS, signal }),
};

describe('an engine that answers what it likes', () => {
  fuzz(
    'is understood or refused, in bounds of time and memory',
    tuple(answers, constantFrom(...Object.keys(QUESTIONS))),
    async ([answer, name]) => {
      treatment = answer;
      for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
      const startMs = performance.now();
      const found = await orRefusal(() => QUESTIONS[name]?.());
      assert.ok(performance.now() - startMs < TIMEOUT_MS + 3_000, `took ${performance.now() - startMs} ms`);
      if (name === 'version') assert.match(String(found), /^[\w.+~:-]{1,100}$|^undefined$/);
      for (const { bytesWritten } of sockets) assert.ok(bytesWritten < MOST_BYTES_TAKEN, `took ${bytesWritten} bytes`);
    },
    { runs: 400 },
  );
});
