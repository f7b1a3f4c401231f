import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import { type OriginInput, readOrigin } from '../../src/machine/origin.ts';

function read(more: Partial<OriginInput>, enginePort?: number) {
  const input: OriginInput = {
    driver: 'azure',
    azure: {},
    provisioner: 'auto',
    generic: { ipAddress: '192.0.2.7' },
    none: { url: 'tcp://192.0.2.7:2376' },
    tunnel: true,
    ...more,
  };
  return readOrigin(input, { cwd: '/', enginePort });
}

test('a tunnel is kept with what was asked of either driver', async () => {
  const { origin: azure } = await read({});
  assert.ok(azure.driver === 'azure' && azure.options.tunnel);
  const { origin: generic } = await read({ driver: 'generic' });
  assert.ok(generic.driver === 'generic' && generic.tunnel);
  const { origin: plain } = await read({ tunnel: false });
  assert.ok(plain.driver === 'azure' && !plain.options.tunnel);
});

test('a port of the engine does not go with it, wherever that comes from', async () => {
  const refused = (answer: Promise<unknown>, words: RegExp) =>
    assert.rejects(answer, (error) => error instanceof UsageError && words.test(error.message));
  await refused(read({ azure: { dockerPort: 2377 } }), /^--azure-docker-port does not go with --tunnel/);
  await refused(
    read({ driver: 'generic', generic: { ipAddress: '192.0.2.7', enginePort: 2377 } }),
    /^--generic-engine/,
  );
  await refused(read({}, 2377), /^docker\.port in --extension-settings does not go with --tunnel/);
  await read({ tunnel: false, azure: { dockerPort: 2377 } });
});

test('nor does a machine that is nothing but a URL', async () => {
  await assert.rejects(read({ driver: 'none' }), UsageError);
  await read({ driver: 'none', tunnel: false });
});
