import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { PreCreateCheckError } from '../../src/errors/pre-create-check-error.ts';
import { SshError } from '../../src/errors/ssh-error.ts';
import { checkHost } from '../../src/machine/check-host.ts';
import { sshIdentity } from '../../src/machine/ssh-identity.ts';
import { storeFiles } from '../../src/store/files.ts';
import { freePort } from '../engine/engine-fixture.ts';
import { provisioning } from '../provision/example.ts';
import { needs } from '../skip.ts';
import { prepareSshd } from '../ssh/sshd.ts';
import { listeningProgress, testContext } from './context-fixture.ts';
import { temporaryStore } from './store-fixture.ts';

const step = { title() {}, detail() {} };

async function problem(check: Promise<unknown>): Promise<PreCreateCheckError> {
  const error = await check.then(
    () => assert.fail('the check passed'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PreCreateCheckError, String(error));
  return error;
}

/** Time passes only by sleeping. */
function idleClock() {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms: number) {
      now += ms;
    },
  };
}

test('a host that does not answer is waited for as long as docker-machine would, and told so once', async (t) => {
  const progress = listeningProgress();
  const clock = idleClock();
  const port = await freePort(t);
  const host = { machine: 'box', host: '127.0.0.1', port, user: 'root', keyFile: undefined };
  const context = testContext(temporaryStore(t), { clock, progress });
  const error = await problem(checkHost(host, { draft: provisioning(), context, step }));
  assert.match(error.message, /^SSH login as root on 127\.0\.0\.1 port \d+ did not work within 18\d s\. .*refused/);
  assert.equal(progress.said.length, 1);
  assert.match(progress.said[0] ?? '', /^127\.0\.0\.1 does not let anybody in yet, so it is waited for\. .*refused/);
});

test('a host that refuses the key is not waited for', needs('sshd', 'ssh-keygen'), async (t) => {
  const sshd = await prepareSshd(['ed25519']);
  t.after(() => sshd.close());
  await sshd.start();
  const store = temporaryStore(t);
  const keyFile = join(store, 'other');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
  const clock = { now: () => 0, sleep: () => assert.fail('it was waited for') };
  const host = { machine: 'box', host: sshd.host, port: sshd.port, user: sshd.user, keyFile };
  const error = await problem(checkHost(host, { draft: provisioning(), context: testContext(store, { clock }), step }));
  assert.equal(error.message, `127.0.0.1 does not let ${sshd.user} in with the key ${keyFile}.`);
  assert.match(error.nextSteps[0]?.command ?? '', /^azdock create --driver generic .* box$/);
});

test(
  'a key with a passphrase is left to the agent, and without one the way to it is told',
  needs('ssh-keygen'),
  async (t) => {
    const store = temporaryStore(t);
    const keyFile = join(store, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', keyFile]);
    const identity = await sshIdentity({ machine: 'box', keyFile }, { environment: { SSH_AUTH_SOCK: '/agent' } });
    assert.deepEqual(identity, { privateKey: undefined, own: { agent: '/agent', keys: [] } });
    await assert.rejects(sshIdentity({ machine: 'box', keyFile }, { environment: {} }), (error) => {
      assert.ok(error instanceof SshError);
      assert.match(error.message, /protected by a passphrase, and no SSH agent runs/);
      assert.match(error.nextSteps[0]?.command ?? '', /ssh-add /);
      return true;
    });
  },
);

test('a key that is missing is told by its path', async (t) => {
  const keyFile = join(temporaryStore(t), 'gone');
  assert.equal(await storeFiles.read(keyFile), undefined);
  await assert.rejects(
    sshIdentity({ machine: 'box', keyFile }, { environment: {} }),
    /The SSH key of box is missing: /,
  );
});
