import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServerCertificate } from '../../src/certs/create-certificates.ts';
import { Secret } from '../../src/secret/secret.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { addressOf, clientSet, machineFolder, servedCertificate } from './engine.ts';
import { asRoot } from './host.ts';

const LONG_AGO = new Date(Date.now() - 1200 * 86_400_000);

describe('start repairs what does not fit any more', needs(...linuxGuests), () => {
  let world: World;
  let address: string;

  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', 'dev', '--azure-provisioner', 'ssh', '--tls-san', 'docker.test']);
    address = await addressOf(world, 'dev');
  });
  after(() => world?.destroy());

  const served = async () => servedCertificate(world, 'dev', await clientSet(machineFolder(world, 'dev')));

  /** Gives host and machine directory another server certificate of the same CA. */
  const install = async (names: readonly string[], now = new Date()): Promise<string> => {
    const certs = join(world.store, 'certs');
    const [cert, key] = await Promise.all(
      ['ca.pem', 'ca-key.pem'].map(async (name) => (await world.program('cat', [join(certs, name)])).stdout),
    );
    const ca = { cert: cert ?? '', key: new Secret(key ?? '') };
    const made = await createServerCertificate({ user: 'tester', name: 'dev', names, now, ca });
    await writeFile(join(machineFolder(world, 'dev'), 'server.pem'), made.cert);
    await writeFile(join(machineFolder(world, 'dev'), 'server-key.pem'), made.key.reveal());
    const write = (file: string, pem: string) => `cat >/etc/docker/${file} <<'EOF'\n${pem}EOF\n`;
    await asRoot(world, 'dev', write('cert.pem', made.cert) + write('key.pem', made.key.reveal()));
    return made.serial;
  };
  const record = async (change: (driver: { IPAddress: string }) => void): Promise<void> => {
    const text = JSON.parse(await world.file('dev', 'config.json'));
    change(text.Driver);
    await writeFile(join(machineFolder(world, 'dev'), 'config.json'), JSON.stringify(text));
  };
  const startAgain = async (): Promise<string> => {
    const { code, stderr } = await world.run(['start', 'dev']);
    assert.equal(code, 0, stderr);
    return stderr;
  };

  it('another address goes on record, and the certificate covers it', async () => {
    const old = await install(['192.0.2.9', 'localhost']);
    await world.ok(['stop', 'dev']);
    await record((driver) => {
      driver.IPAddress = '192.0.2.9';
    });
    const stderr = await startAgain();
    assert.match(stderr, new RegExp(`^The address is ${address} now; it was 192\\.0\\.2\\.9\\.$`, 'm'));
    assert.match(stderr, new RegExp(`^The certificates of dev are made anew: .* is not for ${address}\\.$`, 'm'));
    assert.equal(await world.ok(['ip', 'dev']), `${address}\n`);
    assert.notEqual(await served(), old);
    const now = new X509Certificate(await world.file('dev', 'server.pem'));
    assert.equal(now.checkIP(address), address);
    assert.equal(now.checkHost('docker.test', { subject: 'never' }), 'docker.test');
    await world.ok(['env', 'dev']);
  });

  it('an expired certificate is replaced', async () => {
    const old = await install([address, 'localhost'], LONG_AGO);
    await world.ok(['stop', 'dev']);
    assert.match(await startAgain(), /^The certificates of dev are made anew: the server certificate has expired\.$/m);
    assert.notEqual(await served(), old);
    await world.ok(['env', 'dev']);
  });

  it('a certificate that serves is left as it is', async () => {
    const old = await served();
    await world.ok(['stop', 'dev']);
    assert.doesNotMatch(await startAgain(), /made anew/);
    assert.equal(await served(), old);
  });
});
