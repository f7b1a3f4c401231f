import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { errorEntries, errorsPage } from '../../scripts/errors-page.ts';
import { needs } from '../skip.ts';
import { collect, World } from './azdock.ts';
import { azureErrors } from './error-catalogue/azure-errors.ts';
import { checkCase, copyOfDev, type Ground } from './error-catalogue/error-case.ts';
import { hostErrors } from './error-catalogue/host-errors.ts';
import { ENDLESS, patienceOf } from './error-catalogue/patience.ts';
import { withPreload } from './error-catalogue/preload.ts';
import { storeErrors } from './error-catalogue/store-errors.ts';
import { wayErrors } from './error-catalogue/way-errors.ts';
import { wordErrors } from './error-catalogue/word-errors.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

const cases = [...wordErrors, ...storeErrors, ...wayErrors, ...azureErrors, ...hostErrors];
const EXIT_OF_REFUSALS = '7';

it('every code of the catalogue, with each of its exit codes, has a case', async () => {
  const missing: string[] = [];
  const classless = [
    { code: 'system', exitCodes: '1' },
    { code: 'bug', exitCodes: '1' },
  ];
  for (const { code, exitCodes } of [...(await errorEntries()), ...classless]) {
    const found = cases.filter((one) => one.code === code).map(({ exitCode }) => String(exitCode));
    const wanted = code === 'several' ? found.slice(0, 1) : exitCodes.split(', ');
    if (found.length === 0) missing.push(code);
    missing.push(
      ...wanted.filter((exit) => !found.includes(exit) && exit !== EXIT_OF_REFUSALS).map((exit) => `${code} ${exit}`),
    );
  }
  assert.deepEqual(missing, []);
});

it('everything that is waited out is met', async () => {
  const page = (await errorsPage()).at(-1) ?? '';
  const lines = page.split('\n').map((line) => line.replace(/^- /, ''));
  const known = [...patienceOf('', '').map(({ line }) => line), ENDLESS];
  assert.deepEqual(
    lines.filter((line) => !known.some((one) => one.test(line))),
    [],
  );
});

describe('an error of the catalogue', { concurrency: 2 }, () => {
  let ground: Ground;
  let busy: ReturnType<World['start']>;

  before(async () => {
    const world = await World.create();
    const sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    ground = { world, sandbox };
    await world.ok(['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'far']);
    await Promise.all(['dev', 'stranger', 'keyless', 'doomed'].map((name) => world.ok(['create', name])));
    copyOfDev(ground, 'busy');
    const hold = await sandbox.arm({
      method: 'POST',
      path: '/virtualMachines/busy/deallocate$',
      action: { hold: true },
    });
    busy = world.start(['stop', 'busy']);
    const over = collect(busy).then(({ stderr }) => assert.fail(stderr));
    over.catch(() => {});
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0, over);
  });
  after(async () => {
    busy?.kill('SIGKILL');
    await ground?.world.destroy();
  });

  for (const one of cases) it(`${one.code}, exit ${one.exitCode}: ${one.title}`, () => checkCase(one, ground));

  it(
    'is told in one sentence, too, when its result or document has no place on a full disk',
    needs({ what: '/dev/full', met: existsSync('/dev/full') }),
    async () => {
      for (const [line, exit, says] of [
        ['ls', 1, /^The system refuses: ENOSPC: [^\n]*\n$/],
        ['ls --json', 1, /^The system refuses: ENOSPC: [^\n]*\n$/],
        ['status nobody --json', 4, /^Docker machine "nobody" does not exist\.[^\n]*\n$/],
        ['status nobody 2>/dev/full', 4, /^$/],
      ] as const) {
        const { code, stderr } = await ground.world.program('sh', ['-c', `azdock ${line} >/dev/full`]);
        assert.match(stderr, says);
        assert.equal(code, exit, line);
      }
    },
  );

  it('is none where azdock waits, and goes on', async () => {
    const { world, sandbox } = ground;
    const machine = ['patient', 'waiting'] as const;
    const faults = patienceOf(...machine).flatMap((one) => one.faults);
    const armed: string[] = [];
    for (const fault of faults) armed.push(await sandbox.arm(fault));
    const made = ['create', '--azure-resource-group', machine[1], machine[0]];
    const { code, stderr } = await world.run(made, { env: withPreload('fast-clock-preload.ts') });
    assert.equal(code, 0, stderr);
    const left = await Promise.all(armed.map((id) => sandbox.fault(id)));
    assert.deepEqual(
      faults.filter((_fault, at) => left[at]?.struck === 0),
      [],
      'every fault has struck',
    );
    await world.ok(['rm', '-y', machine[0]]);
    assert.deepEqual(await sandbox.resourcesIn(machine[1]), []);
  });
});
