import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

const ANYBODY = '--azure-allow-from *';

/** What cannot be written, why, and how it ends. */
const refusals: readonly (readonly [line: string, code: number, why: RegExp])[] = [
  ['', 2, /No machine name specified: azdock template NAME/],
  ['web', 2, /Nobody has said who may reach .*\n.*azdock template web --azure-allow-from ADDRESS/],
  ['web --driver none --url tcp://a:1', 2, /a machine of driver none has none/],
  [`web ${ANYBODY} --azure-provisioner ssh`, 2, /over SSH.*\n.*--azure-provisioner custom-script/],
  [
    `web ${ANYBODY} --parameters p.json`,
    2,
    /chooses that of web when .* deployed.\n.*--azure-dns LABEL --parameters FILE/,
  ],
  [`web ${ANYBODY} --ssh-key id`, 2, /is a private key, which a template must not have in it/],
  [`web ${ANYBODY} --ssh-key compose.yaml`, 2, /is no public SSH key/],
  [`web ${ANYBODY} --ssh-key nowhere.pub`, 2, /--ssh-key: .*nowhere.pub does not exist/],
  [
    `web ${ANYBODY} --count 2 --azure-private-ip-address 192.168.0.9`,
    2,
    /--azure-private-ip-address names one address/,
  ],
  [`web ${ANYBODY} --count 101`, 2, /At most 100 machines/],
  [`bad_name ${ANYBODY}`, 2, /cannot be a machine name/],
  [`web- ${ANYBODY}`, 2, /cannot be a virtual machine's name/],
  [`web ${ANYBODY} --azure-size Standard_Q1`, 3, /does not offer Standard_Q1(.|\n)*azdock template web .*--azure-size/],
  [`web ${ANYBODY} --azure-image Canonical:no-such-offer:server:latest`, 3, /has no image Canonical:no-such-offer/],
  ['web --azure-nsg network:rules', 3, /There is no network security group rules/],
  [
    `web ${ANYBODY} --azure-vnet other:hub`,
    2,
    /one resource group, and virtualNetworks\/hub would have to be made in other/,
  ],
  [`web ${ANYBODY} --compose big.yaml --azure-provisioner cloud-init`, 2, /too long for a template/],
];

suite('what cannot be a template', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    const file = (name: string, text: string) => writeFileSync(join(world.directory, name), text);
    file('id', '-----BEGIN OPENSSH PRIVATE KEY-----\n');
    file('compose.yaml', 'services: {}\n');
    file('big.yaml', `services:\n  web:\n    image: nginx\n    labels: ["${'x'.repeat(60_000)}"]\n`);
  });
  after(() => world?.destroy());

  for (const [line, exit, why] of refusals)
    test(`azdock template ${line}`, async () => {
      const { code, stdout, stderr } = await world.run(['template', ...line.split(' ').filter((word) => word !== '')]);
      assert.equal(code, exit, stderr);
      assert.match(stderr, why);
      assert.equal(stdout, '');
    });

  test('does without the secrets that a file of parameters would have in it, and leaves no trace', async () => {
    const env = { AZDOCK_AZURE_ALLOW_FROM: '192.0.2.1' };
    const words = ['--compose', 'compose.yaml', '--compose-secret-env', 'UNSET', '--registry-login', 'me'];
    const text = await world.ok(['template', 'web', ...words, '--azure-password-login'], { env });
    const { parameters } = JSON.parse(text);
    assert.ok(['composeSecrets', 'registryPassword', 'adminPassword'].every((name) => name in parameters));
    const { code, stderr } = await world.run(['template', 'web', ...words, '--parameters', 'p.json'], { env });
    assert.equal(code, 2);
    assert.match(stderr, /UNSET is not set/);

    assert.equal(existsSync(join(world.directory, 'p.json')), false);
    assert.equal(existsSync(world.store), false);
    const writes = (await sandbox.journal()).filter(({ method }) => !['GET', 'HEAD'].includes(method));
    assert.deepEqual(writes, []);
  });

  test('tells of terms that somebody has to accept, and of what --fallback cannot do', async () => {
    const image = 'kinvolk:flatcar-container-linux-free:stable-gen2:latest';
    const line = `template web ${ANYBODY} --azure-image ${image} --azure-provisioner custom-script --fallback Standard_D2s_v5`;
    const { stderr } = await world.run(line.split(' '));
    assert.match(stderr, /az vm image terms accept --publisher kinvolk/);
    assert.match(stderr, /--fallback is left out/);
  });
});
