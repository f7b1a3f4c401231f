import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';

/** Runs a container of the image that every engine of the sandbox knows. */
const HELLO = ['docker', 'run', '--rm', 'busybox', '/busybox', 'echo', 'hello from a container'];

describe('a real engine', needs(...linuxGuests, 'docker', 'bash', 'busybox'), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    await world.ok(['create', '--context', 'dev']);
  });
  after(() => world?.destroy());

  it('is used by one program that exec runs, whose exit code comes back', async () => {
    assert.equal(await world.ok(['exec', 'dev', '--', ...HELLO]), 'hello from a container\n');
    const { code } = await world.run(['exec', 'dev', '--', 'docker', 'run', '--rm', 'busybox', '/busybox', 'false']);
    assert.equal(code, 1);
  });

  it('is used through the docker context that create made, also after its certificates were renewed', async () => {
    const [docker = '', ...words] = HELLO;
    const through = () => world.program(docker, ['--context', 'dev', ...words]);
    assert.equal((await through()).stdout, 'hello from a container\n');
    await world.ok(['regenerate-certs', '-f', '--client-certs', 'dev']);
    const renewed = await through();
    assert.equal(renewed.stdout, 'hello from a container\n', renewed.stderr);
  });

  it('is used by a shell after azdock use, and no longer after azdock use -u', async () => {
    const script = [
      'eval "$(azdock init bash)"',
      'azdock use dev',
      HELLO.map((word) => `'${word}'`).join(' '),
      'azdock active',
      'azdock version dev >/dev/null',
      'azdock use -u',
      'printenv DOCKER_HOST || echo not set',
    ].join('\n');
    const { code, stdout, stderr } = await world.program('bash', ['-c', script], { env: { SHELL: '/bin/bash' } });
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split('\n'), ['hello from a container', 'dev', 'not set']);
  });

  it('answers to docker machine and docker-machine once azdock alias has put them there', async () => {
    await world.ok(['alias', 'install', '--bin-dir', `${world.directory}/bin`]);
    const plugin = await world.program('docker', ['machine', 'ls', '-q']);
    assert.equal(plugin.stdout, 'dev\n', plugin.stderr);
    const link = await world.program('docker-machine', ['status', 'dev']);
    assert.equal(link.stdout, 'Running\n', link.stderr);
  });
});
