import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { parse } from 'yaml';
import { dockerdArguments } from '../../src/provision/engine-arguments.ts';
import type { EngineConfig, Provisioning } from '../../src/provision/provisioning.ts';
import { engineScript } from '../../src/provision/script/engine-script.ts';
import { Secret } from '../../src/secret/secret.ts';
import { needs } from '../skip.ts';
import { certificates, HOSTILE, provisioning } from './example.ts';
import { ScratchHost, scratchHostNeeds } from './scratch-host.ts';
import { systemdWords } from './systemd-words.ts';

const everything = (port = 2376) =>
  provisioning(
    { port, labels: HOSTILE.map((text) => `x=${text}`), environment: HOSTILE.map((text, n) => `V${n}=${text}`) },
    {
      compose: {
        document: { services: { web: { image: 'nginx', command: HOSTILE } } },
        environment: Object.fromEntries(HOSTILE.map((text, n) => [`P${n}`, text])),
        secretEnvironment: new Secret({ PASSWORD: "hunter2'\nAZDOCK_COMPOSE" }),
      },
      login: { server: 'registry.example.com', username: "o'me", password: new Secret('AZDOCK_PASSWORD') },
    },
  );

test('the second line tells programs the port, and files come as here-documents', async () => {
  const script = (await engineScript(provisioning({ port: 2377 }), 'ssh')).reveal();
  assert.equal(script.split('\n')[1], '# azdock-engine: {"port":2377}');
  assert.ok(script.includes(`\ncat > /etc/docker/key.pem <<'AZDOCK_PEM'\n${certificates.key.reveal()}AZDOCK_PEM\n`));
});

test('a script does not show itself when it is printed', async () => {
  const script = await engineScript(everything(), 'ssh');
  assert.doesNotMatch(inspect({ script }) + JSON.stringify({ script }) + String(script), /BEGIN|hunter2/);
});

for (const shell of ['dash', 'bash']) {
  test(`${shell} finds no mistake in a script with everything`, needs(shell), async () => {
    const script = (await engineScript(everything(), 'custom-script')).reveal();
    const { status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
}

suite('run on a host', needs(...scratchHostNeeds), () => {
  async function prepare(t: TestContext) {
    const host = await ScratchHost.create();
    t.after(() => host.close());
    const run = async (engine: Partial<EngineConfig> = {}, rest: Partial<Provisioning> = {}, shell = 'sh') =>
      host.run((await engineScript(provisioning({ port: host.port, ...engine }, rest), 'ssh')).reveal(), shell);
    return { host, run };
  }

  test('it leaves certificates that only root can read, and a drop-in with the arguments', async (t) => {
    const { host, run } = await prepare(t);
    const environment = HOSTILE.map((text, n) => `V${n}=${text}`);
    const labels = HOSTILE.map((text) => `x=${text}`);
    const result = await run({ environment, labels });
    assert.deepEqual([result.code, result.stderr], [0, '']);
    assert.equal(await host.read('/etc/docker/ca.pem'), certificates.ca);
    assert.equal(await host.read('/etc/docker/cert.pem'), certificates.cert);
    assert.equal(await host.read('/etc/docker/key.pem'), certificates.key.reveal());
    for (const file of ['ca', 'cert', 'key']) assert.equal(await host.mode(`/etc/docker/${file}.pem`), '600');
    assert.equal(await host.mode('/etc/docker'), '755');

    const dropIn = await host.read('/etc/systemd/system/docker.service.d/10-machine.conf');
    const lines = dropIn.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    assert.deepEqual(lines.slice(0, 2), ['[Service]', 'ExecStart=']);
    const start = lines[2]?.replace(/^ExecStart=/, '') ?? '';
    const engine = provisioning({ port: host.port, labels }).engine;
    assert.deepEqual(systemdWords(start).slice(1), dockerdArguments(engine));
    const assignments = lines.slice(3).map((line) => line.replace(/^Environment=/, ''));
    assert.deepEqual(
      assignments.flatMap((line) => systemdWords(line, { dollars: false })),
      environment,
    );
  });

  test('without a port it waits for the engine at its socket, and the drop-in opens none', async (t) => {
    const { host, run } = await prepare(t);
    const script = (await engineScript(provisioning({ port: undefined }), 'ssh')).reveal();
    assert.equal(script.split('\n')[1], '# azdock-engine: {"port":null}');
    const missing = await run({ port: undefined });
    assert.notEqual(missing.code, 0);
    assert.match(missing.stderr, /^azdock: failed: the engine does not listen on \/var\/run\/docker\.sock$/m);
    const listen = `require('net').createServer().listen('/var/run/docker.sock', () => process.exit())`;
    await host.run(`mkdir -p /var/run && "${process.execPath}" -e "${listen}"`);
    const result = await run({ port: undefined });
    assert.deepEqual([result.code, result.stderr], [0, '']);
    const dropIn = await host.read('/etc/systemd/system/docker.service.d/10-machine.conf');
    assert.doesNotMatch(dropIn, /0\.0\.0\.0|tcp/);
  });

  test('each phase is told on standard output, and the end is remembered', async (t) => {
    const { host, run } = await prepare(t);
    const { stdout } = await run();
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'azdock: waiting for cloud-init',
      'azdock: configuring the engine',
      'azdock: restarting the engine',
      'azdock: engine ready',
    ]);
    assert.equal(await host.read('/var/lib/azdock/provision.state'), 'ready\n');
    assert.equal(await host.mode('/var/log/azdock/provision.log'), '600');
  });

  test('inside cloud-init it does not wait for cloud-init', async (t) => {
    const { host } = await prepare(t);
    await host.run((await engineScript(provisioning({ port: host.port }), 'cloud-init')).reveal());
    assert.ok((await host.calls()).every((call) => !call.startsWith('cloud-init')));
  });

  test('the engine restarts only when arguments, environment or certificates changed', async (t) => {
    const { host, run } = await prepare(t);
    const restarted = async () => (await host.calls()).includes('systemctl restart docker.service');
    await run();
    assert.equal(await restarted(), true, 'the first time');
    await run();
    assert.equal(await restarted(), false, 'nothing changed');
    await run({ labels: ['a=b'] });
    assert.equal(await restarted(), true, 'a label');
    await run({ labels: ['a=b'], environment: ['A=b'] });
    assert.equal(await restarted(), true, 'the environment');
    const rest = { certificates: { ...certificates, key: new Secret('another\n') } };
    await run({ labels: ['a=b'], environment: ['A=b'] }, rest);
    assert.equal(await restarted(), true, 'the key');
    await run({ labels: ['a=b'], environment: ['A=b'] }, rest);
    assert.equal(await restarted(), false, 'nothing again');
  });

  test('an engine that did not start is restarted by the next run, though nothing changed since', async (t) => {
    const { host, run } = await prepare(t);
    await host.program('journalctl', '#!/bin/sh\necho "dockerd: unknown flag"\n');
    await host.write('/broken', '');
    const broken = await run();
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /dockerd: unknown flag\nazdock: failed: the engine does not start\n$/);
    assert.equal(await host.read('/var/lib/azdock/provision.state'), 'failed 1\n');
    await host.calls();
    await host.run('rm /broken');
    assert.equal((await run()).code, 0);
    assert.ok((await host.calls()).includes('systemctl restart docker.service'));
  });

  test('a key that others could read is closed to them', async (t) => {
    const { host, run } = await prepare(t);
    const keys = ['/etc/docker/key.pem', '/etc/docker/server-key.pem'];
    for (const key of keys) {
      await host.write(key, 'old');
      assert.equal(await host.mode(key), '644');
    }
    await run();
    for (const key of keys) assert.equal(await host.mode(key), '600', key);
    assert.equal(await host.read('/etc/docker/server-key.pem'), 'old', 'what docker-machine left stays');
  });

  test('a script that was cut short does nothing', async (t) => {
    const { host } = await prepare(t);
    const script = (await engineScript(provisioning({ port: host.port }), 'ssh')).reveal();
    for (let part = 1; part < 20; part += 1) await host.run(script.slice(0, Math.floor((script.length * part) / 20)));
    await host.run(script.slice(0, script.lastIndexOf('main')));
    assert.deepEqual(await host.calls(), []);
    await assert.rejects(host.read('/var/lib/azdock/provision.state'));
  });

  test('docker is installed where there is none, with patience for a failing download', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    await host.program(
      'curl',
      `#!/bin/sh
      echo "$*" >>/downloads
      [ "$(wc -l </downloads)" -gt 2 ] || exit 6
      while [ "$1" != -o ]; do shift; done
      printf '%s\\n' 'echo installing' 'printf "#!/bin/sh\\n" >/usr/bin/dockerd' 'chmod 755 /usr/bin/dockerd' >"$2"
      `,
    );
    const result = await run({ installUrl: 'https://get.example.com/it?a=1&b=2' });
    assert.equal(result.code, 0, result.stderr);
    assert.match(
      result.stdout,
      /installing docker\nazdock: installing docker, attempt 2 of 5\nazdock: installing docker, attempt 3 of 5\n/,
    );
    const downloads = (await host.read('/downloads')).trimEnd().split('\n');
    assert.equal(downloads.length, 3);
    assert.match(downloads[0] ?? '', / https:\/\/get\.example\.com\/it\?a=1&b=2$/);
    assert.match(
      await host.read('/etc/systemd/system/docker.service.d/10-machine.conf'),
      /^ExecStart=\/usr\/bin\/dockerd /m,
    );
  });

  test('an installer that fails is shown with what it said', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    await host.program(
      'curl',
      `#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho 'echo "E: no such suite" >&2; exit 100' >"$2"\n`,
    );
    const result = await run();
    assert.equal(result.code, 1);
    assert.match(
      result.stderr,
      /E: no such suite\nazdock: failed: Docker could not be installed from https:\/\/get\.docker\.com\n$/,
    );
  });

  test('with the install URL "none" a host without docker is told', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    assert.match((await run({ installUrl: 'none' })).stderr, /failed: there is no dockerd on this host/);
  });

  test('a distribution that Docker’s script does not know gets its own packages', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    await host.write('/etc/os-release', 'ID=azurelinux\n');
    await host.run('mv /usr/local/sbin/apt-get /usr/local/sbin/aptless; rm -f /usr/bin/apt-get');
    await host.program(
      'tdnf',
      '#!/bin/sh\necho "tdnf $*" >>/calls\nprintf "#!/bin/sh\\n" >/usr/bin/dockerd\nchmod 755 /usr/bin/dockerd\n',
    );
    assert.equal((await run()).code, 0);
    assert.ok((await host.calls()).includes('tdnf install -y moby-engine moby-cli'));
  });

  test('the installer waits for another run of the package manager', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    await host.run(
      'exec 8>/var/lib/dpkg/lock-frontend; flock 8; /bin/sleep 600 </dev/null >/dev/null 2>&1 & echo $! >/locker',
    );
    await host.program('sleep', '#!/bin/sh\nkill "$(cat /locker)"\n');
    await host.program(
      'curl',
      `#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho 'ln -s /bin/true /usr/bin/dockerd' >"$2"\n`,
    );
    const result = await run();
    assert.match(
      result.stdout,
      /azdock: installing docker\nazdock: waiting for the package manager\nazdock: configuring/,
    );
  });

  test('the registry’s password comes by standard input, never as an argument', async (t) => {
    const { host, run } = await prepare(t);
    await host.program('docker', '#!/bin/sh\necho "docker $*" >>/calls\n[ "$1" != login ] || cat >/password\n');
    for (const password of ['hunter2', "it's $(x)", 'AZDOCK_PASSWORD']) {
      const result = await run(
        {},
        { login: { server: 'localhost:5000', username: "o'me", password: new Secret(password) } },
      );
      assert.equal(result.code, 0);
      assert.equal(await host.read('/password'), `${password}\n`);
      assert.ok((await host.calls()).includes("docker login --username=o'me --password-stdin localhost:5000"));
      assert.ok(!(await host.read('/var/log/azdock/provision.log')).includes(password));
    }
  });

  test('a refused login is a failure that shows docker’s own words', async (t) => {
    const { host, run } = await prepare(t);
    await host.program('docker', '#!/bin/sh\n[ "$1" != login ] || { echo "unauthorized: no" >&2; exit 1; }\n');
    const result = await run({}, { login: { server: undefined, username: 'me', password: new Secret('hunter2') } });
    assert.match(result.stderr, /unauthorized: no\nazdock: failed: the registry login failed\n$/);
    assert.doesNotMatch(result.stderr + result.stdout, /hunter2/);
  });

  test('compose gets its document, its environment and its secrets', async (t) => {
    const { host, run } = await prepare(t);
    await host.program('docker', '#!/bin/sh\n[ "$1" != compose ]\n');
    await host.program('docker-compose', '#!/bin/sh\necho "docker-compose $*" >>/calls\nenv -0 >/environment\n');
    const { compose } = everything();
    assert.ok(compose !== undefined);
    const result = await run({}, { compose });
    assert.equal(result.code, 0, result.stderr);
    const file = '/etc/docker/compose/docker-compose.yml';
    assert.deepEqual(parse(await host.read(file)), compose.document);
    assert.equal(await host.mode(file), '644');
    assert.ok((await host.calls()).includes(`docker-compose -f ${file} up -d`));
    const environment = (await host.read('/environment')).split('\0');
    HOSTILE.forEach((text, n) => {
      assert.ok(environment.includes(`P${n}=${text}`), text);
    });
    assert.ok(environment.includes("PASSWORD=hunter2'\nAZDOCK_COMPOSE"));
    assert.ok(environment.includes('COMPOSE_HTTP_TIMEOUT=600') && environment.includes('COMPOSE_PROJECT_NAME=compose'));
    assert.doesNotMatch(await host.read(file), /hunter2/);
  });

  test('docker’s own compose is preferred, and a failing project is a failure', async (t) => {
    const { host, run } = await prepare(t);
    const { compose } = everything();
    await host.program('docker', '#!/bin/sh\necho "docker $*" >>/calls\n');
    assert.equal((await run({}, { compose })).code, 0);
    assert.ok((await host.calls()).includes('docker compose -f /etc/docker/compose/docker-compose.yml up -d'));
    await host.program('docker', '#!/bin/sh\n[ "$2" != -f ] || { echo "no such image" >&2; exit 18; }\n');
    assert.match((await run({}, { compose })).stderr, /no such image\nazdock: failed: docker compose up failed\n$/);
  });

  test('compose is installed where it is missing, under one of its names', async (t) => {
    const { host, run } = await prepare(t);
    await host.run('rm -f /usr/local/sbin/docker-compose /usr/bin/docker-compose /usr/local/bin/docker-compose');
    await host.program('docker', '#!/bin/sh\n[ "$1" != compose ] || [ -e /plugin ]\n');
    await host.program(
      'apt-get',
      '#!/bin/sh\necho "apt-get $*" >>/calls\ncase "$*" in *docker-compose-v2) : >/plugin ;; *plugin) exit 100 ;; esac\n',
    );
    const result = await run({}, { compose: everything().compose });
    assert.equal(result.code, 0, result.stderr);
    const installs = (await host.calls()).filter((call) => call.startsWith('apt-get install'));
    assert.deepEqual(installs, ['apt-get install -y docker-compose-plugin', 'apt-get install -y docker-compose-v2']);
  });

  test('bash runs it as well as dash does', needs('bash'), async (t) => {
    const { host, run } = await prepare(t);
    const whole = everything(host.port);
    const result = await run(whole.engine, { compose: whole.compose, login: whole.login }, 'bash');
    assert.equal(result.code, 0, result.stderr);
  });
});
