import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

describe('extension, where no guest runs anything', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create();
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    await Promise.all([
      world.ok(['create', 'show', '--azure-provisioner', 'custom-script', '--engine-label', 'a=1']),
      world.ok(['create', 'dev', '--azure-provisioner', 'docker-extension', '--docker-option', 'debug']),
      world.ok(['create', '--driver', 'none', '--url', 'tcp://192.0.2.1:2376', 'url']),
    ]);
  });
  after(() => world?.destroy());

  const fails = async (args: string[], exit: number, why: RegExp) => {
    const { code, stdout, stderr } = await world.run(['extension', ...args]);
    assert.match(stderr, why);
    assert.deepEqual([code, stdout], [exit, '']);
  };
  const extensionOf = async (name: string) => (await world.json(['extension', name, 'show'])).extension;
  const optionsOf = async (name: string) => JSON.parse(await world.file(name, 'config.json')).HostOptions.EngineOptions;

  it('has the same keys in its JSON whatever is known', async () => {
    const shown = await world.json(['extension', 'dev']);
    assert.deepEqual(Object.keys(shown), ['name', 'provisioner', 'extension', 'host']);
    assert.deepEqual(Object.keys(shown.extension), [
      ...['name', 'publisher', 'type', 'version', 'provisioningState', 'handlerVersion', 'handlerStatus'],
      ...['newestVersion', 'message', 'stdout', 'stderr', 'time', 'settings', 'statuses', 'substatuses'],
    ]);
    assert.equal(shown.host, null);
    assert.match(shown.extension.time, /^\d{4}-\d\d-\d\dT/);
  });

  it('takes a machine that is called as an action is', async () => {
    for (const words of [['show'], ['show', 'show']])
      assert.equal((await world.json(['extension', ...words])).name, 'show');
    assert.equal((await world.json(['extension', 'show', 'dev'])).name, 'dev');
  });

  it('changes what is given and keeps the rest, on record and in Azure', async () => {
    await world.ok(['extension', 'show', 'set', '--engine-label', 'b=2', '--engine-env', 'A=b']);
    await world.ok(['extension', 'set', 'show', '--engine-label', 'b=3', '--unset', 'engine-label=a']);
    const { Labels, Env } = await optionsOf('show');
    assert.deepEqual([Labels, Env], [['b=3'], ['A=b']]);

    const before = await extensionOf('dev');
    await world.ok(['extension', 'dev', 'set', '--engine-label', 'c=4', '--new-certificate', '--restart-containers']);
    const { settings } = await extensionOf('dev');
    const serial = (options: string[]) => options.find((option) => option.includes('azdock.certificate'));
    assert.ok(settings.docker.options.includes('--debug'));
    assert.ok(settings.docker.options.includes('--label=c=4'));
    assert.notEqual(serial(settings.docker.options), serial(before.settings.docker.options));
    await world.ok(['env', 'dev']);
  });

  it('takes no variable of new machines for a wish', async () => {
    const env = { ENGINE_REGISTRY_MIRROR: 'https://mirror.test', MACHINE_DOCKER_INSTALL_URL: 'none' };
    await world.ok(['extension', 'show', 'set', '--engine-label', 'd=5'], { env });
    const { RegistryMirror, InstallURL } = await optionsOf('show');
    assert.deepEqual([RegistryMirror, InstallURL], [[], 'https://get.docker.com']);
  });

  it("reads the extension's own two files", async () => {
    const settings = { docker: { port: '2376', options: ['--log-driver=journald'] } };
    await mkdir(join(world.directory, 'files'), { recursive: true });
    await writeFile(join(world.directory, 'files', 'settings.json'), JSON.stringify(settings));
    await world.ok(['extension', 'show', 'set', '--extension-settings', 'files/settings.json']);
    assert.deepEqual((await optionsOf('show')).ArbitraryFlags, ['log-driver=journald']);
    settings.docker.port = '4243';
    await writeFile(join(world.directory, 'files', 'settings.json'), JSON.stringify(settings));
    const wrong = ['show', 'set', '--extension-settings', 'files/settings.json'];
    await fails(wrong, 2, /docker\.port .* is 4243, and the engine of show has 2376/);
  });

  it('leaves record and sidecar as they are when the handler fails, and says what to do', async () => {
    const before = await world.file('show', 'config.json');
    await sandbox.arm({
      method: 'PUT',
      path: '/virtualMachines/show/extensions/CustomScript$',
      when: 'operation',
      action: { operation: 'fail', code: 'VMExtensionProvisioningError', message: 'Enable failed.' },
    });
    await fails(['show', 'set', '--engine-label', 'x=y'], 1, /azdock extension show show[\s\S]*azdock provision show/);
    assert.equal(await world.file('show', 'config.json'), before);
  });

  it('names flag and reason for what cannot be', async () => {
    await fails(['dev', 'set'], 2, /Nothing was given that could be set\.\nEngine: --docker-option/);
    await fails(['dev', 'sett'], 2, /Did you mean set\?/);
    await fails(['nobody', 'show'], 4, /"nobody" does not exist/);
    await fails(['nobody', 'set', '--engine-label', 'a=b'], 4, /"nobody" does not exist/);
    for (const action of ['show', 'set', 'remove'])
      await fails(['url', action, ...(action === 'set' ? ['--new-certificate'] : [])], 1, /URL without a host/);
    await fails(['dev', 'show', '--engine-label', 'a=b'], 2, /belongs to extension set/);
    await fails(['dev', 'set', '--unset', 'label'], 2, /--unset cannot take back "label"/);
    await fails(['dev', 'set', '--engine-env', 'A=b'], 2, /cannot do what was asked[\s\S]*azdock extension dev remove/);
    await fails(['dev', 'set', '--docker-option', 'data-root=/mnt'], 2, /cannot run on when data-root changes/);
    await fails(['dev', 'set', '--compose-env', 'A=b'], 2, /no compose project/);
  });

  it('asks before it takes anything off, and with nobody to ask wants -y', async () => {
    await fails(['show', 'remove'], 10, /azdock extension show remove -y/);
    const removed = await world.ok(['extension', 'show', 'remove', '-y']);
    assert.equal(removed, 'Removed CustomScript from show. Engine and containers stay.\n');
    assert.equal(JSON.parse(await world.file('show', 'azdock.json')).provisioner, 'ssh');
    assert.match(await world.ok(['extension', 'show', 'remove']), /show has no extension/);
    assert.match(await world.ok(['status', 'show']), /Running/);
  });

  it('says so when the region does not publish DockerExtension any more', async () => {
    await world.ok(['sandbox', 'up', '--docker-extension', 'absent']);
    const flags = ['--new-certificate', '--restart-containers'];
    await fails(['dev', 'set', ...flags], 1, /does not publish it[\s\S]*azdock extension dev remove/);
    assert.match(await world.ok(['extension', 'dev', 'show']), /the region does not publish it any more/);
  });

  it('wants the machine to run, but shows the last report of one that does not', async () => {
    await world.ok(['stop', 'dev']);
    for (const action of [
      ['set', '--new-certificate'],
      ['remove', '-y'],
    ])
      await fails(['dev', ...action], 1, /dev is not running[\s\S]*azdock start dev/);
    const { handlerVersion, message } = await extensionOf('dev');
    assert.deepEqual([handlerVersion, message], [null, 'Enable Docker succeeded']);
  });
});
