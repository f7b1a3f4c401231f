import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForEngine } from '../../src/engine/wait-for-engine.ts';
import { CertificateError } from '../../src/errors/certificate-error.ts';
import { TimeoutError } from '../../src/errors/timeout-error.ts';
import { Secret } from '../../src/secret/secret.ts';
import type { Clock } from '../../src/wait/wait-until.ts';
import { freePort, good, otherCa, serverCertificate, startEngine } from './engine-fixture.ts';

/** Time that passes only while somebody sleeps. */
function fakeClock(onSleep: () => void = () => {}): Clock {
  let time = 0;
  return {
    now: () => time,
    async sleep(ms) {
      time += ms;
      onSleep();
    },
  };
}

test('an engine that answers ends the wait with its version', async (t) => {
  const { port } = await startEngine(t, await serverCertificate());
  const wait = { machine: 'dev', host: '127.0.0.1', port, ...good, deadlineMs: 60_000, clock: fakeClock() };
  assert.equal((await waitForEngine(wait)).version, '28.2.2');
});

test('an engine that still shows its old certificate is waited for', async (t) => {
  const [old, fresh] = await Promise.all([serverCertificate({ ca: otherCa }), serverCertificate()]);
  const older = await serverCertificate();
  const engine = await startEngine(t, old);
  const shown = [older, older, fresh];
  const clock = fakeClock(() => {
    const next = shown.shift();
    if (next !== undefined) engine.show(next);
  });
  const reasons: string[] = [];
  const { port } = engine;
  const expectSerial = fresh.serial.toLowerCase();
  const onTry = (reason: string) => reasons.push(reason);
  await waitForEngine({
    machine: 'dev',
    host: '127.0.0.1',
    port,
    ...good,
    deadlineMs: 60_000,
    clock,
    expectSerial,
    onTry,
  });
  assert.equal(reasons.length, 3);
  assert.match(reasons[0] ?? '', /another CA/);
  assert.match(reasons[1] ?? '', /still shows its old certificate/);
});

test('an engine that never answers ends the wait with the last reason', async (t) => {
  const wait = {
    machine: 'dev',
    host: '127.0.0.1',
    port: await freePort(t),
    ...good,
    deadlineMs: 5000,
    clock: fakeClock(),
  };
  await assert.rejects(waitForEngine(wait), (error) => {
    assert.ok(error instanceof TimeoutError);
    assert.match(error.message, /did not come up within 5 s\. dev does not answer at .*connection refused/);
    assert.equal(error.nextSteps[0]?.command, 'azdock status dev');
    return true;
  });
});

test('certificates that cannot be used are not waited for', async (t) => {
  const { port } = await startEngine(t, await serverCertificate());
  const key = new Secret(otherCa.key.reveal());
  const wait = { machine: 'dev', host: '127.0.0.1', port, ...good, key, deadlineMs: 5000, clock: fakeClock() };
  await assert.rejects(waitForEngine(wait), CertificateError);
});
