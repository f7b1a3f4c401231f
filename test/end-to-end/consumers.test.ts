import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { World } from './azdock.ts';
import { DockerMachine } from './docker-machine.ts';

describe('programs written for docker-machine', () => {
  let world: World;
  let dockerMachine: DockerMachine;
  const answer = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await dockerMachine.run(args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
    return stdout;
  };

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    dockerMachine = new DockerMachine(world);
    const made = await Promise.all(['m2', 'm10'].map((name) => dockerMachine.run(['create', '-d', 'azure', name])));
    for (const { code, stderr } of made) assert.equal(code, 0, stderr);
    assert.equal((await dockerMachine.run(['stop', 'm10'])).code, 0);
  });
  after(() => world?.destroy());

  test('Ansible’s inventory finds machines, their addresses and logins, and the engine’s variables', async () => {
    assert.equal(await answer('ls', '-q'), 'm10\nm2\n');
    assert.equal(await answer('ls', '-q', '--filter', 'state=Running'), 'm2\n');
    const { Driver: driver } = JSON.parse(await answer('inspect', 'm2'));
    assert.equal(driver.MachineName, 'm2');
    assert.match(driver.IPAddress, /^[\d.]+$/);
    assert.equal(typeof driver.SSHPort, 'number');
    assert.equal(driver.SSHUser, 'docker-user');
    assert.match(driver.SSHKeyPath, /\/machines\/m2\/id_rsa$/);
    assert.equal(await answer('ip', 'm2'), `${driver.IPAddress}\n`);
    const lines = await answer('env', '--shell=sh', 'm2');
    const variables = [...lines.matchAll(/(DOCKER_[^=]+)="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(variables, ['DOCKER_TLS_VERIFY', 'DOCKER_HOST', 'DOCKER_CERT_PATH', 'DOCKER_MACHINE_NAME']);
  });

  test('node-docker-machine reads the state, and takes "already running" for success', async () => {
    assert.equal((await answer('status', 'm2')).trim().toLowerCase(), 'running');
    assert.equal((await answer('status', 'm10')).trim().toLowerCase(), 'stopped');
    assert.match(await answer('env', '--shell', 'bash', 'm2'), /^export DOCKER_TLS_VERIFY="1"\n/);
    const again = await dockerMachine.run(['start', 'm2']);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /already running/i);
    const started = await dockerMachine.run(['start', 'm10']);
    assert.deepEqual({ code: started.code, stderr: started.stderr }, { code: 0, stderr: '' });
    assert.match(started.stdout, /^Machine "m10" was started\.$/m);
    assert.match(started.stdout, /You may need to re-run the `docker-machine env` command\.$/m);
    assert.equal((await answer('ssh', 'm2', 'hostname')).trim(), 'm2');
    const failed = await dockerMachine.run(['ssh', 'm2', 'no-such-command']);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /exit status 127/);
  });

  test('the completion scripts of docker-machine get names, states and options', async () => {
    assert.equal(await answer('ls', '--format', '{{.Name}}', '--filter', 'state=Running'), 'm2\nm10\n');
    const described = await answer('ls', '-f', String.raw`{{.Name}}\:{{.DriverName}}\({{.State}}\)\ {{.URL}}`);
    assert.match(described, /^m2\\:azure\\\(Running\\\)\\ tcp:\/\/[\d.]+:2376$/m);
    const options: string[] = (await answer('create', '--driver', 'azure', '--help')).match(/^ {3}--[\w-]+/gm) ?? [];
    for (const option of ['--driver', '--engine-opt', '--azure-size'])
      assert.ok(options.includes(`   ${option}`), `${option} in ${options.length} options`);
    assert.match(await answer('version'), /^docker-machine version \S+, build \S+\n$/);
  });

  test('env tells the command as it was typed, for the shell that evaluates it', async () => {
    const lines = (await answer('env', '--shell', 'bash', 'm2')).split('\n');
    assert.deepEqual(lines.slice(-3), [
      '# Run this command to configure your shell: ',
      '# eval $(docker-machine env --shell bash m2)',
      '',
    ]);
  });

  test('rm asks on stdout, in docker-machine’s words, and no is no failure', async () => {
    for (const input of ['n\n', '']) {
      const { code, stdout, stderr } = await dockerMachine.run(['rm', 'm2', 'm10'], { input });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      assert.equal(
        stdout,
        'About to remove m2, m10\n' +
          'WARNING: This action will delete both local reference and remote instance.\n' +
          'Are you sure? (y/n): ',
      );
    }
    assert.equal(await answer('ls', '-q'), 'm10\nm2\n');
    const { code, stdout } = await dockerMachine.run(['rm', 'm2', 'm10'], { input: 'yes\n' });
    assert.equal(code, 0);
    assert.match(stdout, /^Successfully removed m2\nSuccessfully removed m10$/m);
  });
});
