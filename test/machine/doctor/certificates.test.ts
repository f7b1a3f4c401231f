import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createClientCertificate } from '../../../src/certs/create-certificates.ts';
import {
  caCertificate,
  clientCertificate,
  serverCertificate,
} from '../../../src/machine/doctor/machine/certificates.ts';
import { engineCertificate } from '../../../src/machine/doctor/machine/shown-certificate.ts';
import { failureFinding } from '../../../src/machine/doctor/failure-finding.ts';
import {
  ca,
  client,
  longAgo,
  otherCa,
  serverCertificate as sign,
  startEngine,
  startTcp,
} from '../../engine/engine-fixture.ts';
import { machine } from './machine-fixture.ts';
import { find } from './subjects.ts';

const DAY_MS = 86_400_000;
const later = (days: number) => ({ around: { now: () => new Date(Date.now() + days * DAY_MS) } });
const renew = 'azdock regenerate-certs dev';
const renewAll = 'azdock regenerate-certs --repair dev';

suite('what doctor finds of certificates', () => {
  test('the CA: good, about to expire, expired, not valid yet, none, not readable', async (t) => {
    assert.equal((await find(caCertificate, await machine(t))).verdict, 'ok');
    const soon = await find(caCertificate, await machine(t, later(1060)));
    assert.deepEqual([soon.verdict, soon.fix?.text], ['warning', renewAll]);
    assert.match((await find(caCertificate, await machine(t, later(2000)))).message, /^The CA expired on 20/);
    assert.match(
      (await find(caCertificate, await machine(t, later(-400)))).message,
      /not valid before .* some clock is wrong/,
    );
    const none = await find(caCertificate, await machine(t, { files: { 'ca.pem': client.cert } }));
    assert.match(none.message, /is no certificate of a CA/);
    await assert.rejects(
      find(caCertificate, await machine(t, { files: { 'ca.pem': 'x' } })),
      /does not hold a certificate/,
    );
  });

  test('the client certificate: good, of another key, of another CA, expired', async (t) => {
    assert.equal((await find(clientCertificate, await machine(t))).verdict, 'ok');
    const other = await createClientCertificate({ user: 'tester', now: new Date(), ca: otherCa });
    const key = await find(clientCertificate, await machine(t, { files: { 'key.pem': other.key.reveal() } }));
    assert.match(key.message, /is not the key of cert\.pem/);
    const files = { 'cert.pem': other.cert, 'key.pem': other.key.reveal() };
    const foreign = await find(clientCertificate, await machine(t, { files }));
    assert.match(foreign.message, /signed by another CA/);
    const old = await createClientCertificate({ user: 'tester', now: longAgo, ca });
    const expired = await find(
      clientCertificate,
      await machine(t, { files: { 'cert.pem': old.cert, 'key.pem': old.key.reveal() } }),
    );
    assert.deepEqual([expired.verdict, expired.fix?.text], ['problem', renewAll]);
    assert.match(expired.message, /expired/);
  });

  test("the server certificate's copy: good, missing, another key, another CA, another address, expired", async (t) => {
    assert.match((await find(serverCertificate, await machine(t))).message, /^Good for 127\.0\.0\.1 until/);
    const look = async (made: Awaited<ReturnType<typeof sign>>, rest: Record<string, string> = {}) =>
      find(
        serverCertificate,
        await machine(t, { files: { 'server.pem': made.cert, 'server-key.pem': made.key.reveal(), ...rest } }),
      );
    const good = await sign();
    assert.match(
      (await look(good, { 'server-key.pem': client.key.reveal() })).message,
      /is not the key of server\.pem/,
    );
    assert.match((await look(await sign({ ca: otherCa }))).message, /another CA/);
    const elsewhere = await look(await sign({ names: ['20.1.2.3'] }));
    assert.deepEqual([elsewhere.verdict, elsewhere.fix?.text], ['problem', renew]);
    assert.match(elsewhere.message, /is not for 127\.0\.0\.1/);
    assert.match((await look(await sign({ now: longAgo }))).message, /expired/);
  });

  test('the one that the engine shows: the one that is kept, another one, expired, of another CA, for another address', async (t) => {
    const kept = await sign();
    const engine = await startEngine(t, kept);
    const files = { 'server.pem': kept.cert, 'server-key.pem': kept.key.reveal() };
    const look = async () => find(engineCertificate, await machine(t, { keys: { EnginePort: engine.port }, files }));
    assert.deepEqual((await look()).message, `The engine shows ${kept.serial}, as kept here.`);
    engine.show(await sign());
    const another = await look();
    assert.deepEqual([another.verdict, another.fix?.text], ['warning', renew]);
    for (const [made, said] of [
      [await sign({ now: longAgo }), /expired on/],
      [await sign({ ca: otherCa }), /another CA has signed/],
      [await sign({ names: ['20.1.2.3'] }), /not for 127\.0\.0\.1/],
    ] as const) {
      engine.show(made);
      const { verdict, message } = await look();
      assert.equal(verdict, 'problem');
      assert.match(message, said);
    }
    assert.deepEqual(engine.requests, [], 'nothing is sent to it');
  });

  test('what shows none is told as what it is', async (t) => {
    const port = await startTcp(t, (socket) => socket.end('SSH-2.0-x\r\n'));
    const found = await find(engineCertificate, await machine(t, { keys: { EnginePort: port } })).catch(failureFinding);
    assert.equal(found.verdict, 'problem');
    assert.match(found.message, /does not answer at .*: what answers there does not speak TLS/);
  });
});
