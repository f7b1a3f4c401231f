import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, type Result, World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

const PROVISIONERS = ['docker-extension', 'custom-script', 'cloud-init', 'ssh'] as const;

describe('an engine that does not start with what was asked for', needs(...linuxGuests), () => {
  let world: World;
  let sandbox: WorldSandbox;
  const results = new Map<string, Result>();

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world);
    await Promise.all(
      PROVISIONERS.map(async (how) => {
        const args = [
          'create',
          `by-${how}`,
          '--azure-provisioner',
          how,
          '--engine-opt',
          'no-such-flag',
          '--no-rollback',
        ];
        results.set(how, await world.run(args));
      }),
    );
  });
  after(() => world?.destroy());

  const resultOf = (how: string) => results.get(how) ?? assert.fail(`nothing was created by ${how}`);

  for (const how of PROVISIONERS) {
    it(`fails the creation by ${how}, which says how to remove the machine`, () => {
      const { code, stdout, stderr } = resultOf(how);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, new RegExp(`^  .*: +azdock rm by-${how}$`, 'm'));
      assert.match(stderr, /There is now virtual machine by-.*Billed until removed: virtual machine by-/);
      assert.doesNotMatch(stderr, /BEGIN (CERTIFICATE|RSA)|This is a bug/);
    });
  }

  for (const how of ['custom-script', 'cloud-init', 'ssh']) {
    it(`is told by ${how} with the last lines of what the host said`, () => {
      const { stderr } = resultOf(how);
      assert.match(stderr, /unknown flag: --no-such-flag/);
      assert.match(stderr, /the engine does not start/);
    });
  }

  it('is told by docker-extension in its own words', () => {
    assert.match(
      resultOf('docker-extension').stderr,
      /^DockerExtension failed on by-docker-extension: Enable Docker failed: ERROR: /m,
    );
  });

  it('leaves machines whose name is taken, and which rm removes wholly', async () => {
    const { code, stdout } = await world.run(['create', 'by-ssh', '--json']);
    assert.deepEqual([code, JSON.parse(stdout).error.code], [5, 'machine-exists']);
    await world.ok(['rm', '-y', ...PROVISIONERS.map((how) => `by-${how}`)]);
    assert.deepEqual(await sandbox.counts(), {});
  });
});
