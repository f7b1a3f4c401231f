import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostKeyChangedError } from '../../src/errors/host-key-changed-error.ts';
import { TimeoutError } from '../../src/errors/timeout-error.ts';
import { waitForSsh } from '../../src/ssh/wait-for-ssh.ts';
import type { Clock } from '../../src/wait/wait-until.ts';
import { needs } from '../skip.ts';
import { prepareSshd } from './sshd.ts';

/** A clock whose time passes only by sleeping, and which does something each time. */
function clockThat(act: (sleeps: number) => Promise<void>): Clock {
  let now = 0;
  let sleeps = 0;
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
      sleeps += 1;
      await act(sleeps);
    },
  };
}

const { signal } = new AbortController();

test('a host whose sshd comes up later is waited for', needs('sshd'), async (t) => {
  const sshd = await prepareSshd(['ed25519']);
  t.after(() => sshd.close());
  const clock = clockThat(async (sleeps) => {
    if (sleeps === 2) await sshd.start();
  });
  const session = await waitForSsh({ ...sshd, hostKey: undefined, signal }, { deadlineMs: 60_000, clock });
  t.after(() => session.close());
  assert.equal((await session.exec('echo up', { signal })).stdout, 'up\n');
});

test('when it never comes up, the error says for how long and why', needs('sshd'), async (t) => {
  const sshd = await prepareSshd(['ed25519']);
  t.after(() => sshd.close());
  const waiting = waitForSsh(
    { ...sshd, hostKey: undefined, signal },
    { deadlineMs: 10_000, clock: clockThat(async () => {}) },
  );
  await assert.rejects(waiting, (error) => {
    assert.ok(error instanceof TimeoutError);
    assert.match(error.message, /SSH login as .+ did not work within \d+ s\. .*connection refused\.$/);
    return true;
  });
});

test('a changed host key is not waited out', needs('sshd'), async (t) => {
  const [sshd, other] = await Promise.all([prepareSshd(['ed25519']), prepareSshd(['ed25519'])]);
  t.after(() => Promise.all([sshd.close(), other.close()]));
  await sshd.start();
  const clock = clockThat(() => assert.fail('it slept'));
  const waiting = waitForSsh(
    { ...sshd, hostKey: await other.hostKey('ed25519'), signal },
    { deadlineMs: 60_000, clock },
  );
  await assert.rejects(waiting, HostKeyChangedError);
});
