import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { compute, makeMachine, makeNetwork } from '../sandbox/build-machine.ts';
import { finish, openArm } from '../sandbox/raw-https.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import type { ArmSchemas } from './arm-schemas.ts';
import { type Exchange, readExchanges } from './exchange.ts';
import type { ExchangeCheck } from './exchange-check.ts';
import { faultsInBodies } from './faults-in-bodies.ts';
import { faultsInPairs, type Planted } from './faults-in-pairs.ts';
import { published, specifications } from './published.ts';

suite('a planted fault is caught', published, () => {
  let sandbox: TestSandbox;
  let exchanges: readonly Exchange[];
  let pairs: ExchangeCheck;
  let bodies: ArmSchemas;

  before(async () => {
    const { ExchangeCheck } = await import('./exchange-check.ts');
    const { ArmSchemas } = await import('./arm-schemas.ts');
    pairs = await ExchangeCheck.open(specifications);
    bodies = new ArmSchemas(specifications);
    sandbox = await startTestSandbox();
    const arm = await openArm(sandbox);
    await makeNetwork(arm);
    await makeMachine(arm, 'vm', {});
    const script = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
    const extension = { location: 'westeurope', properties: { ...script, settings: {} } };
    await finish(arm, await arm('PUT', `${compute}/virtualMachines/vm/extensions/script`, extension));
    for (const path of [`${compute}/virtualMachines/vm`, `${compute}/virtualMachines/none`, `${compute}/disks/none`])
      await arm('GET', path);
    await arm('GET', '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability?domainNameLabel=abc');
    await arm('DELETE', `${compute}/virtualMachines/vm`);
    exchanges = await readExchanges(sandbox);
  });
  after(() => sandbox?.stop());

  /** The exchange as it was, and with its fault. */
  function planted({ exchange: [method, end], change }: Planted): readonly [sound: Exchange, faulty: Exchange] {
    const sound = exchanges.find((one) => one.method === method && new URL(one.url, 'https://a').pathname.match(end));
    assert.ok(sound, `there is a ${method} of ${end}`);
    const faulty = structuredClone(sound);
    change(faulty);
    return [sound, faulty];
  }

  for (const each of faultsInPairs)
    test(`in a request or its answer: ${each.fault}`, async () => {
      const [sound, faulty] = planted(each);
      assert.deepEqual((await pairs.of(sound)).problems, []);
      const { problems } = await pairs.of(faulty);
      assert.ok(
        problems.some((problem) => each.caughtAs.test(problem)),
        `found only: ${problems.join('; ')}`,
      );
    });

  for (const each of faultsInBodies)
    test(`in a body that is PUT: ${each.fault}`, () => {
      const check = ({ url, requestBody }: Exchange) => bodies.check(url.split('?', 1)[0] ?? '', requestBody);
      const [sound, faulty] = planted(each);
      assert.deepEqual(check(sound), []);
      const problems = check(faulty);
      assert.ok(
        problems.some((problem) => each.caughtAs.test(problem)),
        `found only: ${problems.join('; ')}`,
      );
    });
});
