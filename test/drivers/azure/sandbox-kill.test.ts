import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

let sandbox: TestSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.stop());

class Killed extends Error {}

/** Dies at the nth request that would change something, before or after Azure has heard it; nothing gets through afterwards. */
function dyingClient(nth: number, when: 'before' | 'after'): HttpClient & { readonly changes: number } {
  const real = createDefaultHttpClient();
  let changes = 0;
  let isDead = false;
  return {
    get changes() {
      return changes;
    },
    async sendRequest(request) {
      const isChange = request.method !== 'GET' && !request.url.includes('/oauth2/');
      if (isChange) changes += 1;
      if (isDead) throw new Killed();
      if (!isChange || changes !== nth) return real.sendRequest(request);
      isDead = true;
      if (when === 'after') await real.sendRequest(request);
      throw new Killed();
    },
  };
}

/** Asks for as many kinds of resources as there are. */
const values = {
  availabilitySet: 'set',
  proximityPlacementGroup: 'near',
  dataDisks: ['4', '4'],
  ipv6: true,
  allowFrom: ['203.0.113.7', 'VirtualNetwork'],
};

for (const when of ['before', 'after'] as const) {
  test(`a creation that dies ${when} any of its requests leaves nothing that removal does not find`, async () => {
    const whole = dyingClient(0, when);
    const undisturbed = sandboxMachine(sandbox, { httpClient: whole, values });
    await undisturbed.create();
    await undisturbed.remove();
    const creating = 9;
    for (let nth = 1; nth <= creating; nth += 1) {
      const machine = sandboxMachine(sandbox, {
        httpClient: dyingClient(nth, when),
        values,
      });
      await assert.rejects(machine.create(), Killed, `request ${nth}`);
      const later = sandboxMachine(sandbox, { journal: machine.journal, values });
      await later.remove();
      assert.deepEqual(leftOvers(sandbox), [], `after request ${nth}`);
    }
  });

  test(`a removal that dies ${when} any of its requests is finished by the next one`, async () => {
    for (let nth = 1; ; nth += 1) {
      const machine = sandboxMachine(sandbox);
      await machine.create();
      const client = dyingClient(nth, when);
      const dying = sandboxMachine(sandbox, { httpClient: client, journal: machine.journal });
      const died = await dying.remove().then(
        () => false,
        (error: unknown) => {
          assert.ok(error instanceof Killed);
          return true;
        },
      );
      await sandboxMachine(sandbox, { journal: machine.journal }).remove();
      assert.deepEqual(leftOvers(sandbox), [], `after request ${nth}`);
      if (!died) break;
    }
  });
}
