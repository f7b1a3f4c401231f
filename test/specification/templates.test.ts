import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { World } from '../end-to-end/azdock.ts';
import type { Json } from '../sandbox/raw-https.ts';
import { published, specifications } from './published.ts';

const lines = [
  'web --compose compose.yaml --azure-ipv6 --azure-dns web',
  'node --count 2 --azure-provisioner custom-script --azure-availability-set set --azure-proximity-placement-group near',
  'spot --azure-spot --azure-provisioner cloud-init --azure-data-disk 64 --azure-password-login --azure-size Standard_D2s_v5',
];

suite('templates that azdock writes', published, () => {
  test('have resources as the published schemas of templates describe them', async () => {
    const { ArmSchemas } = await import('./arm-schemas.ts');
    const schemas = new ArmSchemas(specifications);
    const world = await World.create({ AZDOCK_AZURE_ALLOW_FROM: '*', AZDOCK_SANDBOX_GUESTS: 'simulated' });
    try {
      writeFileSync(join(world.directory, 'compose.yaml'), 'services:\n  web:\n    image: nginx\n');
      const texts = await Promise.all(lines.map((line) => world.ok(['template', ...line.split(' ')])));
      const resources: Json[] = texts.flatMap((text) => JSON.parse(text).resources);
      assert.ok(resources.length > 15, `${resources.length} resources`);
      assert.deepEqual(
        resources.flatMap((resource) => problemsOf(resource, schemas)),
        [],
      );
      // A member that nobody knows is found.
      const [first] = resources;
      assert.notDeepEqual(problemsOf({ ...first, properties: { ...first.properties, nonsense: 1 } }, schemas), []);
    } finally {
      await world.destroy();
    }
  });
});

function problemsOf(
  { type, name, apiVersion, dependsOn, copy, ...body }: Json,
  schemas: { check(path: string, body: Json): readonly string[] },
): string[] {
  const [namespace, ...types] = type.split('/');
  // What an expression gives stands in nobody's way.
  const names = /^\[/.test(name) ? types.map(() => 'name') : name.split('/');
  const path = types.flatMap((word: string, index: number) => [word, names[index]]).join('/');
  const found = schemas.check(`/subscriptions/s/resourceGroups/g/providers/${namespace}/${path}`, body);
  return found.map((problem) => `${type} ${apiVersion} ${dependsOn} ${copy?.name}: ${problem}`);
}
