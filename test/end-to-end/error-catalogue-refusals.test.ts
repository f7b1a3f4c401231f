import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findMeaning, meanings } from '../../src/drivers/azure/arm-meanings.ts';
import { ArmError } from '../../src/errors/arm-error.ts';
import { control } from '../sandbox/control-calls.ts';
import type { Json } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { capacityRefusals } from './error-catalogue/capacity-refusals.ts';
import { machineRefusals } from './error-catalogue/machine-refusals.ts';
import { nextStepProblem } from '../docs/next-step-problem.ts';
import { armRefusal, deedOf, rowOf } from './error-catalogue/refusal-case.ts';
import { rightsRefusals } from './error-catalogue/rights-refusals.ts';
import { WorldSandbox } from './world-sandbox.ts';

const refusalCases = [...capacityRefusals, ...rightsRefusals, ...machineRefusals];
/** Every policy that any case needs: a machine has to be called so to be refused. */
const POLICY = { name: 'no-machines', if: { field: 'name', equals: 'm-policy' } };

it('every row about Azure’s refusals has a case, and every case is about a row', () => {
  const provoked = refusalCases.map(rowOf);
  const missing = meanings
    .filter((row) => !provoked.includes(row))
    .map(({ codes, text, when }) => `${codes} ${text ?? ''} ${when ?? ''}`);
  assert.deepEqual(missing, []);
  assert.deepEqual(
    refusalCases.filter((_one, at) => provoked[at] === undefined),
    [],
  );
});

describe('a creation that Azure refuses', { concurrency: 2 }, () => {
  let world: World;
  let sandbox: WorldSandbox;
  before(async () => {
    world = await World.create();
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    await control(sandbox.discovery, 'PUT', 'policies', [POLICY]);
    // CA and client certificate, for which creations side by side would wait.
    await world.ok(['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'certificates']);
  });
  after(async () => {
    const left = await world?.ok(['ls', '-q']);
    await world?.destroy();
    assert.equal(left, 'certificates\n', 'the store is as it was');
  });

  for (const [at, one] of refusalCases.entries())
    it(`with ${one.code} (${one.text.slice(0, 40)})`, async () => {
      const name = one.code === 'RequestDisallowedByPolicy' ? 'm-policy' : `m${at}`;
      const machine = { name, group: `g${at}` };
      const prepared = (await one.prepare?.(sandbox, machine)) ?? [];
      const was = await sandbox.resourcesIn(machine.group);
      const flags = [...(one.flags ?? []), ...prepared];
      await armRefusal(one, machine, sandbox);
      const words = [
        'create',
        '--json',
        ...(one.isKept ? ['--no-rollback'] : []),
        '--azure-resource-group',
        machine.group,
        ...flags,
        name,
      ];
      const { code, stdout, stderr } = await world.run(words);
      assert.match(stdout, /^\{/, stderr);
      const { error } = JSON.parse(stdout);
      const { azure, message, nextSteps } = error;
      assert.deepEqual([error.code, azure?.code], ['azure', one.code], stdout);
      assert.ok(azure.message.includes(one.text), azure.message);

      const meaning = findMeaning(azure.code, azure.message, deedOf(machine, flags));
      assert.equal(meaning, rowOf(one));
      assert.ok(meaning !== undefined);
      const why = meaning.why(deedOf(machine, flags), azure.message);
      assert.ok(
        message.startsWith('Azure cannot ') && message.endsWith(`: ${why} (${one.code}).`),
        `${message}\n${why}`,
      );
      assert.equal(code, new ArmError('', meaning.kind, azure).exitCode);
      assert.doesNotMatch(stderr, /\n {4}at |bug in azdock/);

      const steps: string[] = nextSteps.map(({ command }: Json) => command);
      const problems = await Promise.all(steps.map(nextStepProblem));
      assert.deepEqual(problems.filter(Boolean), []);
      assert.ok(steps.length > 0, 'there is a way on');
      if (one.isKept) {
        assert.ok(steps.includes(`azdock rm ${name}`), steps.join('\n'));
        await world.ok(['rm', '-y', name]);
      }
      assert.deepEqual(await sandbox.resourcesIn(machine.group), was);
      assert.equal(await sandbox.hasGroup(machine.group), one.prepare !== undefined);
    });
});
