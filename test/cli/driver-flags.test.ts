import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagsOfOthers, refuseFlagsOfOthers } from '../../src/cli/driver-flags.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

test('a flag of another driver is refused by name, with the driver that it belongs to', () => {
  const refused = (driver: string, words: string[]) => {
    try {
      refuseFlagsOfOthers(driver, words);
    } catch (error) {
      assert.ok(error instanceof UsageError);
      return `${error.resource}: ${error.nextSteps[0]?.command}`;
    }
    return undefined;
  };
  const azure = '--azure-size: azdock create --driver azure --azure-size … NAME';
  assert.equal(refused('generic', ['--generic-ip-address', 'a', '--azure-size', 'x', 'dev']), azure);
  assert.equal(refused('generic', ['-azure-size=x', 'dev']), azure);
  assert.equal(refused('azure', ['--url', 'x']), '--url: azdock create --driver none --url … NAME');
  assert.equal(refused('azure', ['--azure-size', 'x', '--engine-opt', 'y', 'dev']), undefined);
  assert.equal(refused('none', ['--url', 'x', '--', '--azure-size']), undefined, 'what stands behind -- is no flag');
  assert.equal(refused('none', ['--url', '\0--azure-size']), undefined, 'a value is no flag');
});

test('each driver’s flags are those of no other, and an unknown driver hides none', () => {
  assert.ok(flagsOfOthers('generic').has('azure-size') && flagsOfOthers('generic').has('url'));
  assert.ok(!flagsOfOthers('generic').has('generic-ip-address') && !flagsOfOthers('generic').has('engine-opt'));
  assert.equal(flagsOfOthers('virtualbox').size, 0);
});

test('variables of docker-machine’s generic driver are taken', async () => {
  const environment = {
    GENERIC_IP_ADDRESS: '10.0.0.5',
    GENERIC_SSH_USER: 'ubuntu',
    GENERIC_SSH_KEY: '/key',
    GENERIC_SSH_PORT: '2222',
    GENERIC_ENGINE_PORT: '2377',
  };
  const { stdout } = await runProgram(PROGRAM, ['create', '-d', 'generic', 'dev'], { environment });
  const { driver, generic } = JSON.parse(stdout);
  assert.equal(driver, 'generic');
  assert.deepEqual(generic, {
    ipAddress: '10.0.0.5',
    sshUser: 'ubuntu',
    sshKey: '/key',
    sshPort: 2222,
    enginePort: 2377,
  });
});

test('flags of docker-machine 0.6 for classic Azure are known and refused', async () => {
  const { code, stderr } = await runProgram(PROGRAM, ['create', '--azure-publish-settings-file', 'x', 'dev']);
  assert.equal(code, 2);
  assert.match(stderr, /^--azure-publish-settings-file was for Azure's classic deployment model/);
});
