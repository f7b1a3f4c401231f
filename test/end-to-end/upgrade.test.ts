import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { asRoot } from './host.ts';

const { stdout: status } = spawnSync('dpkg-query', ['-s', 'docker.io'], { encoding: 'utf8' });
const debianPackage = { what: "Debian's package docker.io", met: /^Status: .* installed$/m.test(status ?? '') };

/**
 * Makes a newer package out of the files of the installed one, with the unit as a package brings it, and offers it to apt from a
 * directory of the guest.
 */
const OFFER_NEWER = `set -eu
mkdir -p /var/tmp/offer /var/tmp/build/DEBIAN && cd /var/tmp
dpkg -L docker.io | grep -vE '^/usr/share/(doc|man|bash-completion)|docker-init' | while read -r file; do
  [ ! -f "$file" ] || [ -L "$file" ] || { mkdir -p "build$(dirname "$file")"; cp -a "$file" "build$file"; }
done
sed -i 's|^ExecStart=.*|ExecStart=/usr/sbin/dockerd -H fd://|' build/lib/systemd/system/docker.service
dpkg-query -s docker.io | grep -E '^(Package|Section|Maintainer|Architecture|Depends|Version):' | sed 's/^Version: .*/&.99/' >build/DEBIAN/control
printf 'Description: Docker\\n' >>build/DEBIAN/control
dpkg-deb -Znone --build build offer/docker.deb >/dev/null
{ grep -v ^Description: build/DEBIAN/control
  echo "Filename: ./docker.deb"
  echo "Size: $(stat -c %s offer/docker.deb)"
  echo "SHA256: $(sha256sum offer/docker.deb | cut -d' ' -f1)"
  echo 'Description: Docker'; } >offer/Packages
rm -rf build
echo 'deb [trusted=yes] file:/var/tmp/offer ./' >/etc/apt/sources.list.d/offer.list`;

describe('upgrade', needs(...linuxGuests, debianPackage), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', 'dev']);
  });
  after(() => world?.destroy());

  const mainProcess = () => asRoot(world, 'dev', 'systemctl show -p MainPID docker');
  const packageVersion = () =>
    asRoot(world, 'dev', 'dpkg-query -s docker.io | sed -n "s/^Version: //p"').then((text) => text.trim());

  it('leaves the engine running when the package sources offer nothing newer', async () => {
    const before = await mainProcess();
    const version = (await world.ok(['version', 'dev'])).trim();
    const said = await world.ok(['upgrade', 'dev']);
    assert.equal(said, `dev already has the newest Docker that its package sources offer: docker.io, ${version}.\n`);
    assert.equal(await mainProcess(), before);
  });

  it('does not take a source that is silent for one that has nothing new', async () => {
    await asRoot(world, 'dev', 'echo "deb [trusted=yes] http://192.0.2.1 ./" >/etc/apt/sources.list.d/silent.list');
    const { code, stdout, stderr } = await world.run(['upgrade', 'dev']);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^Docker could not be upgraded on dev: nothing newer than docker\.io \S+ was found, but not/m);
    assert.match(stderr, /192\.0\.2\.1/, "apt's own words are shown");
    await asRoot(world, 'dev', 'rm /etc/apt/sources.list.d/silent.list');
  });

  it('brings a newer package to a machine that is stopped, and its engine keeps its arguments', async () => {
    await asRoot(world, 'dev', OFFER_NEWER);
    const arguments_ = () => asRoot(world, 'dev', 'grep ^ExecStart= /lib/systemd/system/docker.service');
    const [unit, from] = [await arguments_(), await packageVersion()];
    assert.match(unit, /--tlsverify/, "DockerExtension writes into the package's unit");
    await world.ok(['stop', 'dev']);

    const { code, stdout, stderr } = await world.run(['upgrade', '--json', 'dev']);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Starting machine so machine can be upgraded\.\.\.$/m);
    const [{ package: name, upgraded, engineVersion }] = JSON.parse(stdout).upgraded;
    assert.deepEqual([name, upgraded], ['docker.io', [{ name: 'docker.io', from, to: `${from}.99` }]]);
    assert.equal(engineVersion, (await world.ok(['version', 'dev'])).trim());
    assert.equal(await packageVersion(), `${from}.99`);
    assert.equal(await arguments_(), unit);
    assert.match(await asRoot(world, 'dev', 'cat /var/log/azdock/upgrade.log'), /Unpacking docker\.io/);
  });
});
