import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { compileBicep } from '../machine/template/compile-bicep.ts';
import { finish } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { deploy, parametersOf, resourcesOf } from './template-case.ts';
import { type Example, templateExamples } from './template-examples.ts';
import { WorldSandbox } from './world-sandbox.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/templates.md', import.meta.url));
const examples = templateExamples(GUIDE);
/** Simulated guests have no private addresses; the other test of templates has such a machine. */
const reachable = examples.filter(({ words }) => !words.includes('--azure-no-public-ip'));

const SECRETS = { DATABASE_PASSWORD: 'hunter2hunter2', AZDOCK_REGISTRY_PASSWORD: 'swordfish99' };

suite('the examples of the guide to templates', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated', ...SECRETS });
    sandbox = await WorldSandbox.up(world);
    const keys = join(world.directory, 'home', '.ssh');
    mkdirSync(keys);
    writeFileSync(join(keys, 'id_ed25519.pub'), (await generateSshKeyPair()).publicKey);
    writeFileSync(
      join(world.directory, 'compose.yaml'),
      'services:\n  web:\n    image: nginx\n    environment: [DATABASE_PASSWORD]\n',
    );
  });
  after(() => world?.destroy());

  test('are there', () => {
    assert.ok(reachable.length >= 6, `${reachable.length} examples`);
    assert.equal(new Set(examples.map(({ group }) => group)).size, examples.length);
  });

  for (const example of reachable)
    test(`make what create makes: ${example.line}`, async () => {
      const text = await write(world, example);
      const template = example.isBicep ? compileBicep(text) : JSON.parse(text);
      for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret));
      const made = await createAll(world, sandbox, example);
      await deploy(sandbox, example.group, template, await parametersFor(world, example));
      assert.deepEqual(await resourcesOf(sandbox, example.group), made);
      await deploy(sandbox, example.group, template, await parametersFor(world, example));
      assert.deepEqual(await resourcesOf(sandbox, example.group), made, 'a second deployment changes nothing');
      await finish(sandbox.azure, await sandbox.azure('DELETE', `/resourcegroups/${example.group}`));
    });

  test('leave files of parameters that only their owner can read', () => {
    for (const { parameters = '' } of reachable.filter((one) => one.parameters !== undefined))
      assert.equal(statSync(join(world.directory, parameters)).mode & 0o777, 0o600);
  });
});

/** Writes an example's template, as a shell does with the words of the guide. */
async function write(world: World, { words }: Example, more: readonly string[] = []): Promise<string> {
  const typed = words.map((word) => word.replace(/^~/, join(world.directory, 'home')));
  return world.ok(['template', ...typed, ...more]);
}

/** Of the example's own file, or of one that azdock writes for it. */
async function parametersFor(world: World, example: Example) {
  const { parameters = 'any.json' } = example;
  const key = join(world.directory, 'home', '.ssh', 'id_ed25519.pub');
  const more = ['--parameters', parameters, '--ssh-key', key, '--tls-san', 'engine.example'];
  if (example.parameters === undefined) await write(world, example, more);
  return parametersOf(join(world.directory, parameters));
}

/** Makes the machines of an example with create, and removes them. @returns what there was in their group */
async function createAll(world: World, sandbox: WorldSandbox, { machines, group, createWords }: Example) {
  await world.ok(['create', ...createWords]);
  const made = await resourcesOf(sandbox, group);
  await world.ok(['rm', '-y', ...machines]);
  assert.deepEqual(await sandbox.resourcesIn(group), []);
  return made;
}
