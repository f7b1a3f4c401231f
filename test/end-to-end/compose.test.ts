import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { control } from '../sandbox/control-calls.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { dockerOk } from './engine.ts';
import { WorldSandbox } from './world-sandbox.ts';

const COMPOSE = `# What people write: comments, anchors, merge keys.
version: '2.4'
x-common: &common
  image: busybox
  restart: always
services:
  web:
    <<: *common
    command: [/busybox, sleep, '3600']
    environment: [GREETING, TOKEN, 'FIXED=as it stands']
    labels:
      note: "on: 22:22"
`;

const TOKEN = 'c0mpose "secret" $with `signs` \\ and %s';
const GREETING = "it's a = b";

describe('a compose file', needs(...linuxGuests, 'docker', 'docker-compose', 'busybox'), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    await writeFile(join(world.directory, 'compose.yaml'), COMPOSE);
  });
  after(() => world?.destroy());

  /** Environment of the container `web`, as its engine knows it. */
  const environment = async (machine: string, name = 'compose_web_1') =>
    JSON.parse(await dockerOk(world, machine, ['inspect', '-f', '{{json .Config.Env}}', name])) as string[];

  for (const provisioner of ['docker-extension', 'custom-script']) {
    it(`is brought up by ${provisioner}, with its public and its secret environment`, async () => {
      const machine = `by-${provisioner}`;
      const compose = ['--compose', 'compose.yaml', '--compose-env', `GREETING=${GREETING}`];
      const secret = ['--compose-secret-env', 'TOKEN=MY_TOKEN', '--azure-provisioner', provisioner];
      const made = await world.json(['create', machine, ...compose, ...secret], { env: { MY_TOKEN: TOKEN } });
      assert.equal(made.provisioner, provisioner);
      assert.equal(await dockerOk(world, machine, ['inspect', '-f', '{{.State.Running}}', 'compose_web_1']), 'true');
      const found = await environment(machine);
      for (const pair of [`GREETING=${GREETING}`, `TOKEN=${TOKEN}`, 'FIXED=as it stands'])
        assert.ok(found.includes(pair), `${pair} in ${found}`);
      const label = await dockerOk(world, machine, [
        'inspect',
        '-f',
        '{{index .Config.Labels "note"}}',
        'compose_web_1',
      ]);
      assert.equal(label, 'on: 22:22');
    });
  }

  it("is brought up from the extension's own two files, as people keep them", async () => {
    const settings = {
      docker: { port: '2376', options: ['-D', '--label=from=file', '--live-restore --log-opt max-size=5m'] },
      compose: { web: { image: 'busybox', command: '/busybox sleep 3600', environment: ['GREETING', 'TOKEN'] } },
      'compose-environment': { GREETING, COMPOSE_PROJECT_NAME: 'shop' },
    };
    const protectedSettings = { environment: { TOKEN } };
    await writeFile(join(world.directory, 'settings.json'), JSON.stringify(settings));
    await writeFile(join(world.directory, 'protected.json'), JSON.stringify(protectedSettings), { mode: 0o600 });
    const files = ['--extension-settings', 'settings.json', '--extension-protected-settings', 'protected.json'];
    const made = await world.json(['create', 'files', ...files, '--azure-provisioner', 'docker-extension']);
    assert.equal(made.provisioner, 'docker-extension');
    const found = await environment('files', 'shop_web_1');
    for (const pair of [`GREETING=${GREETING}`, `TOKEN=${TOKEN}`])
      assert.ok(found.includes(pair), `${pair} in ${found}`);
    const info = JSON.parse(await dockerOk(world, 'files', ['info', '-f', '{{json .}}']));
    assert.equal(info.Debug, true);
    assert.equal(info.LiveRestoreEnabled, true);
    assert.ok(info.Labels.includes('from=file'));
  });

  it('leaves its secret in no file of the store, and in no settings that Azure shows', async () => {
    const files = await readdir(world.store, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      assert.equal(text.includes('c0mpose'), false, file.name);
    }
    const { text } = await control((await WorldSandbox.up(world)).discovery, 'GET', 'journal?since=0');
    assert.equal(text.includes('c0mpose'), false);
    assert.ok(text.includes('compose-environment'), 'what is no secret can be seen');
  });
});
