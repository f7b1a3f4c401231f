import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { array, constantFrom, nat, oneof, record, tuple, uint8Array } from 'fast-check';
import ssh2 from 'ssh2';
import { SshError } from '../../src/errors/ssh-error.ts';
import { Secret } from '../../src/secret/secret.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { fingerprint, hostKeyText } from '../../src/ssh/fingerprint.ts';
import { scanHostKey } from '../../src/ssh/host-key.ts';
import { hostKeyAlgorithms } from '../../src/ssh/host-key-check.ts';
import { fuzz } from './fuzz.ts';
import { hostileText } from './hostile.ts';
import { orRefusal } from './judge.ts';

/** A server that stays silent costs that much each time. */
const TIMEOUT_MS = 150;
const privateKey = new Secret(pair());
const { signal } = new AbortController();

function pair(): string {
  const encoding = { type: 'pkcs1', format: 'pem' } as const;
  return generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: encoding, privateKeyEncoding: encoding })
    .privateKey;
}

/** What becomes of whoever connects. */
let treat: (socket: Socket) => void = (socket) => socket.destroy();
let front: TcpServer;
let real: ssh2.Server;
const sockets = new Set<Socket>();

before(async () => {
  front = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    treat(socket);
  });
  // A server that greets and warns before each login, lets everybody in, and says what it is asked to say.
  real = new ssh2.Server({ hostKeys: [pair()], banner: 'hello \x1b[2J' }, (session) => {
    session.on('error', () => {});
    session.on('authentication', (context) => context.accept());
    session.on('session', (accept) => accept().on('exec', (taken) => taken().end('done')));
  });
  await Promise.all(
    [front, real].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
});
after(() => {
  for (const socket of sockets) socket.destroy();
  front.close();
  real.close();
});

const portOf = (server: { address(): unknown }): number => parseAddress(server.address()).port;
function parseAddress(address: unknown): AddressInfo {
  return address as AddressInfo;
}

const where = () => ({ host: '127.0.0.1', port: portOf(front), signal, timeoutMs: TIMEOUT_MS });
const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
  scan: () => scanHostKey(where()),
  'scan for a pinned key': () => scanHostKey({ ...where(), pinned: 'ssh-rsa AAAA' }),
  'log in': async () => {
    const session = await connectSsh({ ...where(), user: 'root', privateKey, hostKey: undefined, machine: 'dev' });
    session.close();
    return session.hostKey;
  },
};

/** What a scan gives is written into records and files of known hosts: a type and base64, and nothing else. */
const HOST_KEY = /^[a-z0-9-]+(@[a-z.]+)? [A-Za-z0-9+/]+={0,2}$/;

async function holds(way: string): Promise<void> {
  const startMs = performance.now();
  const key = await orRefusal(() => WAYS[way]?.());
  assert.ok(performance.now() - startMs < TIMEOUT_MS + 3_000, `took ${performance.now() - startMs} ms`);
  if (key !== undefined) assert.match(String(key), HOST_KEY);
}

describe('an SSH server that says what it likes', () => {
  const line = oneof(
    constantFrom(
      'SSH-2.0-OpenSSH_9.6\r\n',
      'SSH-1.99-x\n',
      'SSH-1.5-old\r\n',
      'SSH-2.0-\r\n',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      '220 ready\r\n',
      '',
    ),
    hostileText,
    hostileText.map((text) => `SSH-2.0-${text}\r\n`),
    constantFrom(`SSH-2.0-${'x'.repeat(70_000)}`, 'x'.repeat(70_000), 'line\r\n'.repeat(20_000), '\n'.repeat(70_000)),
  );
  const packet = oneof(
    uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    constantFrom(
      Buffer.from('ffffffff', 'hex'),
      Buffer.from('0000000c0a14', 'hex'),
      Buffer.alloc(40),
      Buffer.from('0000000004', 'hex'),
    ),
  );

  fuzz(
    'is refused in time',
    record({
      lines: array(line, { maxLength: 4 }),
      packets: array(packet, { maxLength: 3 }),
      next: constantFrom('close', 'close', 'break', 'stay', 'drip', 'pour'),
      way: constantFrom(...Object.keys(WAYS)),
    }),
    async ({ lines, packets, next, way }) => {
      treat = (socket) => {
        socket.write(Buffer.concat([Buffer.from(lines.join(''), 'utf8'), ...packets]));
        if (next === 'close') socket.end();
        else if (next === 'break') socket.resetAndDestroy();
        else if (next === 'drip') drip(socket);
        else if (next === 'pour') pour(socket);
      };
      await holds(way);
    },
    { runs: 150 },
  );

  for (const piece of ['banner\r\n', 'x', 'SSH-2.0-x\r\n', '\0\0\0\x0c\n\x02aaaaaaaaaa'])
    test(`and does not stop saying ${JSON.stringify(piece)} is not listened to for long`, async () => {
      treat = (socket) => pour(socket, piece);
      const patient = { ...where(), timeoutMs: 60_000 };
      const startMs = performance.now();
      await assert.rejects(scanHostKey(patient), SshError);
      await assert.rejects(connectSsh({ ...patient, user: 'root', privateKey, hostKey: undefined }), SshError);
      assert.ok(performance.now() - startMs < 20_000);
    });

  fuzz(
    'and whose packets are changed on the way is refused, or known by a key that is one',
    record({
      // Identification, key exchange and host key go in the clear; what follows is guarded.
      changes: array(tuple(nat(1_800), nat(255)), { minLength: 1, maxLength: 4 }),
      cut: oneof(constantFrom(Number.POSITIVE_INFINITY), nat(2_500)),
      way: constantFrom(...Object.keys(WAYS)),
    }),
    async ({ changes, cut, way }) => {
      treat = (socket) => relay(socket, (bytes, from) => changed(bytes, from, changes), cut);
      await holds(way);
    },
    { runs: 80 },
  );

  fuzz(
    'is known by whatever bytes it calls its key, or by none',
    oneof(
      uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
      tuple(hostileText, uint8Array({ maxLength: 40 })).map(([type, rest]) => {
        const name = Buffer.from(type, 'utf8');
        const length = Buffer.alloc(4);
        length.writeUInt32BE(name.length);
        return Buffer.concat([length, name, rest]);
      }),
    ),
    async (blob) => {
      let key: string;
      try {
        key = hostKeyText(blob);
      } catch (error) {
        assert.match(String(error), /what it shows is no host key$/);
        return;
      }
      assert.match(key, HOST_KEY);
      assert.match(fingerprint(key), /^SHA256:[A-Za-z0-9+/]+$/);
      assert.equal(hostKeyAlgorithms(key).length, 6);
    },
    { runs: 500 },
  );
});

function drip(socket: Socket): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write('x')), 20);
  socket.on('close', () => clearInterval(timer));
}

function pour(socket: Socket, text = 'banner\r\n'): void {
  const piece = Buffer.alloc(65_536, text);
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

/** Between a client and the real server: what the server says passes through `change`, up to `cut` bytes of it. */
function relay(socket: Socket, change: (bytes: Buffer, from: number) => Buffer, cut: number): void {
  const behind = connect(portOf(real), '127.0.0.1');
  sockets.add(behind);
  let from = 0;
  behind.on('error', () => {}).on('close', () => socket.destroy());
  socket.on('close', () => behind.destroy()).pipe(behind);
  behind.on('data', (bytes: Buffer) => {
    if (from >= cut) return;
    socket.write(change(bytes, from).subarray(0, cut - from));
    from += bytes.length;
  });
}

function changed(bytes: Buffer, from: number, changes: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, value] of changes) if (at >= from && at < from + copy.length) copy[at - from] = value;
  return copy;
}
