import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createCa, createClientCertificate } from '../../src/certs/create-certificates.ts';
import { dialEngine } from '../../src/engine/dial.ts';
import type { EngineCredentials } from '../../src/engine/endpoint.ts';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { needs } from '../skip.ts';
import {
  ca,
  client,
  credentialsOf,
  freePort,
  longAgo,
  now,
  serverCertificate,
  startEngine,
  tomorrow,
} from './engine-fixture.ts';

const DOCTOR = 'azdock doctor dev';
const REPAIR = 'azdock regenerate-certs --repair dev';
const REGENERATE = 'azdock regenerate-certs dev';

interface Case {
  readonly title: string;
  readonly credentials?: EngineCredentials;
  readonly server?: Parameters<typeof serverCertificate>[0];
  readonly says: RegExp;
  readonly steps: readonly string[];
}

const oldCa = await createCa({ user: 'tester', now: longAgo });
const earlyCa = await createCa({ user: 'tester', now: tomorrow });
const signed = async (by: typeof ca, at: Date) =>
  credentialsOf(by, await createClientCertificate({ user: 'tester', now: at, ca: by }));
const DAY = '\\d{4}-\\d\\d-\\d\\d';

const cases: readonly Case[] = [
  {
    title: 'the server certificate has expired',
    server: { now: longAgo },
    says: /its certificate has expired\.$/,
    steps: [REGENERATE],
  },
  {
    title: 'the server certificate is not valid yet',
    server: { now: tomorrow },
    says: /its certificate is not valid yet\. Is the clock of this computer right\?$/,
    steps: [DOCTOR, REGENERATE],
  },
  {
    title: 'the client certificate has expired',
    credentials: await signed(ca, longAgo),
    says: new RegExp(`Your client certificate \\(cert\\.pem\\) expired on ${DAY}\\.$`),
    steps: [REPAIR],
  },
  {
    title: 'the client certificate is not valid yet',
    credentials: await signed(ca, tomorrow),
    says: /Your client certificate \(cert\.pem\) is not valid before \S+Z, and it is \S+Z on this computer\. Is its clock right\?$/,
    steps: [DOCTOR],
  },
  {
    title: 'the CA has expired',
    credentials: await signed(oldCa, now),
    server: { ca: oldCa },
    says: new RegExp(`Your CA \\(ca\\.pem\\) expired on ${DAY}\\.$`),
    steps: [REPAIR],
  },
  {
    title: 'the CA is not valid yet',
    credentials: await signed(earlyCa, now),
    server: { ca: earlyCa },
    says: /Your CA \(ca\.pem\) is not valid before .* Is its clock right\?$/,
    steps: [DOCTOR],
  },
];

async function failure(port: number, credentials: EngineCredentials): Promise<EngineUnreachableError> {
  const error = await dialEngine({ machine: 'dev', host: '127.0.0.1', port, ...credentials, timeoutMs: 10_000 }).then(
    () => assert.fail('the engine was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof EngineUnreachableError, String(error));
  return error;
}

const commands = ({ nextSteps }: EngineUnreachableError) => nextSteps.map(({ command }) => command);

for (const { title, credentials = credentialsOf(ca, client), server, says, steps } of cases)
  test(`${title}: it says so, and what to do`, async (t) => {
    const { port } = await startEngine(t, await serverCertificate(server ?? {}));
    const error = await failure(port, credentials);
    assert.match(error.message, says);
    assert.deepEqual(commands(error), steps);
  });

/** A real TLS server whose clock shows another time, and that says by an alert why it refuses a client, as Docker does. */
async function startAt(t: TestContext, at: Date): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'azdock-tls-'));
  t.after(() => rm(folder, { recursive: true }));
  const server = await serverCertificate();
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const port = await freePort(t);
  const files = ['-cert', await file('cert', server.cert), '-key', await file('key', server.key.reveal())];
  const trust = ['-CAfile', await file('ca', ca.cert), '-Verify', '1', '-verify_return_error'];
  const time = ['-attime', String(Math.floor(at.getTime() / 1000))];
  const program = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...files, ...trust, ...time, '-www'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => program.kill());
  for await (const text of program.stdout.setEncoding('utf8')) if (String(text).includes('ACCEPT')) break;
  return port;
}

const years = (count: number) => new Date(now.getTime() + count * 365 * 86_400_000);
for (const [title, at] of [
  ['ahead', years(10)],
  ['behind', years(-10)],
] as const)
  test(
    `the host's clock is far ${title}: a client certificate that is good here is refused, and the clocks are named`,
    needs('openssl'),
    async (t) => {
      const error = await failure(await startAt(t, at), credentialsOf(ca, client));
      assert.equal(error.failure, 'client-certificate', error.message);
      if (title === 'ahead') {
        assert.match(
          error.message,
          /refuses your client certificate \(TLS alert "certificate expired"\)\. By this computer's clock it is valid: is that clock right, and the host's\?$/,
        );
        assert.deepEqual(commands(error), [DOCTOR]);
      }
    },
  );
