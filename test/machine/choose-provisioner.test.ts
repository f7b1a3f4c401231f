import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Driver } from '../../src/drivers/driver.ts';
import type { Extensions } from '../../src/drivers/extensions.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { chooseProvisioner, type ProvisionerChoice } from '../../src/machine/choose-provisioner.ts';
import { RegionMemory } from '../../src/machine/region-memory.ts';
import type { Provisioning } from '../../src/provision/provisioning.ts';
import { provisioning as provisioningOf } from '../provision/example.ts';
import { temporaryStore } from './store-fixture.ts';

const example = provisioningOf();
const signal = new AbortController().signal;

function driverPublishing(version: string | undefined): Driver {
  const extensions: Pick<Extensions, 'publishedVersion'> = { publishedVersion: async () => version };
  return { name: 'azure', extensions } as unknown as Driver;
}

function ask(
  context: TestContext,
  choice: ProvisionerChoice,
  {
    version,
    provisioning = example,
    failed = false,
  }: { version?: string; provisioning?: Provisioning; failed?: boolean },
) {
  const memory = new RegionMemory(temporaryStore(context), Date.now);
  if (failed) memory.failed('sandbox/westeurope');
  const driver = driverPublishing(version);
  const commandWith = (flag: string) => `azdock adopt dev ${flag}`;
  return chooseProvisioner({ choice, driver, provisioning, region: 'sandbox/westeurope', memory, signal, commandWith });
}

test('auto takes DockerExtension where the region publishes it', async (context) => {
  assert.deepEqual(await ask(context, 'auto', { version: '1.2' }), { name: 'docker-extension', version: '1.2' });
});

test('auto takes CustomScript where the region does not publish it, or where it failed lately, and says so', async (context) => {
  const absent = await ask(context, 'auto', {});
  assert.equal(absent.name, 'custom-script');
  assert.match(JSON.stringify(absent), /does not publish/);
  const failed = await ask(context, 'auto', { version: '1.2', failed: true });
  assert.equal(failed.name, 'custom-script');
  assert.match(JSON.stringify(failed), /failed in this region/);
});

test('what DockerExtension cannot do goes to CustomScript with auto, and is refused when it was asked for by name', async (context) => {
  const provisioning = { ...example, engine: { ...example.engine, environment: ['HTTP_PROXY=http://proxy:3128'] } };
  assert.equal((await ask(context, 'auto', { version: '1.2', provisioning })).name, 'custom-script');
  await assert.rejects(
    ask(context, 'docker-extension', { version: '1.2', provisioning }),
    (error) =>
      error instanceof UsageError &&
      /--engine-env/.test(error.message) &&
      error.nextSteps[0]?.command === 'azdock adopt dev --azure-provisioner custom-script',
  );
});

test('DockerExtension asked for by name is tried although it failed before, and refused where it does not exist', async (context) => {
  const chosen = await ask(context, 'docker-extension', { version: '1.2', failed: true });
  assert.equal(chosen.name, 'docker-extension');
  await assert.rejects(ask(context, 'docker-extension', {}), UsageError);
});

test('the others are taken as they are', async (context) => {
  for (const choice of ['custom-script', 'cloud-init', 'ssh'] as const) {
    assert.equal((await ask(context, choice, { version: '1.2' })).name, choice);
  }
});
