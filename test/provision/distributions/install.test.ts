import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { engineScript } from '../../../src/provision/script/engine-script.ts';
import { needs } from '../../skip.ts';
import { provisioning } from '../example.ts';
import { ScratchHost, scratchHostNeeds } from '../scratch-host.ts';
import { SAMPLES } from './os-releases.ts';

const NO_DOCKER = 'rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd';
const BRING_DOCKER = 'printf "#!/bin/sh\\n" >/usr/bin/dockerd; chmod 755 /usr/bin/dockerd';

/** Installs docker when asked for any of its packages, and says how it was called and with which patience. */
const PACKAGE_MANAGER = `#!/bin/sh
echo "$(basename "$0") $*" >>/calls
umask >/umask
echo "$APT_CONFIG $ZYPP_LOCK_TIMEOUT" >/patience
case "$*" in *docker*|*moby*) ${BRING_DOCKER} ;; esac
`;

/** Answers any download with a script that installs docker. */
const CURL = `#!/bin/sh
while [ "$1" != -o ]; do shift; done
echo "curl $3" >>/calls
printf '%s\\n' 'umask >/umask' '${BRING_DOCKER}' >"$2"
`;

suite('on a host without docker', needs(...scratchHostNeeds), () => {
  async function prepare(t: TestContext, osRelease: string) {
    const host = await ScratchHost.create();
    t.after(() => host.close());
    await host.run(`${NO_DOCKER}; rm -f /etc/os-release; mkdir -p /etc/yum.repos.d`);
    await host.write('/etc/os-release', osRelease);
    for (const name of ['apt-get', 'tdnf', 'dnf', 'yum', 'zypper']) await host.program(name, PACKAGE_MANAGER);
    await host.program('curl', CURL);
    const run = async (engine = {}) =>
      host.run((await engineScript(provisioning({ port: host.port, ...engine }), 'ssh')).reveal());
    const installs = async () =>
      (await host.calls()).filter((call) => /^(curl|apt-get|tdnf|dnf|yum|zypper) /.test(call));
    return { host, run, installs };
  }

  for (const { title, text, known, install } of SAMPLES) {
    if (known === undefined || known === 'Flatcar') continue;
    const repository = install?.includes('docker-ce') === true;
    test(`${title}: ${install ?? 'Docker’s own script'}${repository ? ', from Docker’s repository' : ''}`, async (t) => {
      const { host, run, installs } = await prepare(t, text);
      const result = await run();
      assert.equal(result.code, 0, result.stderr);
      const expected = [
        ...(install === undefined ? ['curl https://get.docker.com'] : []),
        ...(repository ? ['curl https://download.docker.com/linux/centos/docker-ce.repo'] : []),
        ...(install === undefined ? [] : [install]),
      ];
      assert.deepEqual(await installs(), expected);
      assert.equal(await host.read('/umask'), '0022\n');
      if (repository) assert.equal(await host.mode('/etc/yum.repos.d/docker-ce.repo'), '644');
      assert.equal((await run()).code, 0);
      assert.deepEqual(await installs(), [], 'a second run finds docker');
      await assert.rejects(host.read('/owned'), 'nothing in os-release was run');
    });
  }

  test('where dnf is not there yet, yum does it', async (t) => {
    const { host, run, installs } = await prepare(t, 'ID="amzn"\n');
    await host.run('rm /usr/local/sbin/dnf');
    assert.equal((await run()).code, 0);
    assert.deepEqual(await installs(), ['yum install -y docker']);
    assert.match(await host.read('/patience'), /apt\.conf 600\n$/);
  });

  test('a system that has Docker built in is never changed', async (t) => {
    const { host, run, installs } = await prepare(t, 'ID=flatcar\nPRETTY_NAME="Flatcar Container Linux 4081"\n');
    assert.match(
      (await run()).stderr,
      /failed: Docker is a part of Flatcar Container Linux 4081, but it is not on this host\n$/,
    );
    await host.run(BRING_DOCKER);
    assert.equal((await run()).code, 0);
    assert.deepEqual(await installs(), []);
  });

  test('a distribution that is not known is named, with those that are', async (t) => {
    const { run, installs } = await prepare(t, 'ID=alpine\nPRETTY_NAME="Alpine Linux v3.20"\n');
    const { code, stderr } = await run();
    assert.equal(code, 1);
    assert.match(stderr, /azdock cannot install Docker on Alpine Linux v3\.20; it can on: Ubuntu, Debian, .*Flatcar/);
    assert.deepEqual(await installs(), []);
  });

  test('a script of the user’s own is run on any distribution', async (t) => {
    const { run, installs } = await prepare(t, 'ID=alpine\n');
    assert.equal((await run({ installUrl: 'https://get.example.com/docker' })).code, 0);
    assert.deepEqual(await installs(), ['curl https://get.example.com/docker']);
  });

  test('a host without os-release counts as not known', async (t) => {
    const { host, run } = await prepare(t, '');
    await host.run('rm -f /etc/os-release /usr/lib/os-release');
    assert.match((await run()).stderr, /azdock cannot install Docker on unknown;/);
  });

  test('where the package brings no unit docker.socket, the engine opens its local socket by itself', async (t) => {
    const { host, run } = await prepare(t, 'ID="sles"\n');
    await run();
    const dropIn = '/etc/systemd/system/docker.service.d/10-machine.conf';
    assert.match(await host.read(dropIn), /^ExecStart=\/usr\/bin\/dockerd -H=fd:\/\/ --tlsverify /m);
    await host.program('systemctl', '#!/bin/sh\n[ "$1" != cat ]\n');
    await run();
    assert.match(
      await host.read(dropIn),
      /^ExecStart=\/usr\/bin\/dockerd -H=unix:\/\/\/var\/run\/docker\.sock --tlsv/m,
    );
  });
});
