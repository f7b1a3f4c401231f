import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, type Result, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { hostState } from './host-state.ts';
import { deploy, parametersOf, resourcesOf } from './template-case.ts';
import { templateExamples } from './template-examples.ts';
import { WorldSandbox } from './world-sandbox.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/templates.md', import.meta.url));
const SECRET = `it's "$HOME" \`x\` \\n {{azdock}} [y]`;
const COMPOSE = `services:
  web:
    image: busybox
    command: /busybox sleep 3600
    environment: [SECRET, GREETING]
`;

suite('deployed templates', needs(...linuxGuests, 'docker', 'docker-compose', 'busybox', 'unshare'), () => {
  let world: World;
  let sandbox: WorldSandbox;
  let privateKey: string;

  before(async () => {
    world = await World.create({ ...LINUX, AZDOCK_AZURE_ALLOW_FROM: '*', SECRET });
    preloadBusybox(world);
    sandbox = await WorldSandbox.up(world);
    const pair = await generateSshKeyPair();
    privateKey = pair.privateKey.reveal();
    mkdirSync(join(world.directory, 'home', '.ssh'));
    writeFileSync(join(world.directory, 'home', '.ssh', 'id_ed25519.pub'), pair.publicKey);
    writeFileSync(join(world.directory, 'compose.yaml'), COMPOSE);
    await put('/resourcegroups/network', { location: 'westeurope' });
    const subnets = [{ name: 'docker', properties: { addressPrefix: '10.1.0.0/24' } }];
    const properties = { addressSpace: { addressPrefixes: ['10.1.0.0/16'] }, subnets };
    await put('/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub', {
      location: 'westeurope',
      properties,
    });
  });
  after(() => world?.destroy());

  test('are reached under their DNS name over mutual TLS, with the containers and secrets they were given', async () => {
    const words = [
      ...['web', '--azure-resource-group', 'web', '--azure-provisioner', 'custom-script', '--azure-dns', 'azdock-web'],
      ...['--compose', 'compose.yaml', '--compose-env', 'GREETING=hello', '--compose-secret-env', 'SECRET'],
    ];
    const { dockerHost } = await deployed(words, 'web');
    assert.equal(dockerHost, 'tcp://azdock-web.westeurope.cloudapp.azure.com:2376');
    const address = (await publicIp('web')).properties.ipAddress;
    await world.ok(['create', '--driver', 'none', '--url', dockerHost, 'web']);
    const names = `127.0.0.1 localhost\n${address} ${new URL(dockerHost).hostname}\n`;
    const shell = (script: string) => inShell(script, names);

    const { stdout, stderr } = await shell('eval "$(azdock env web)" && docker exec compose_web_1 /busybox env');
    assert.ok(stdout.includes('GREETING=hello\n'), stderr);
    assert.ok(stdout.includes(`SECRET=${SECRET}\n`), stdout);

    // The engine's certificate is the template's, and only this CA's clients are let in.
    await world.ok(['create', '--driver', 'none', '--url', dockerHost, 'other', '--storage-path', 'others']);
    const certificates = (cert: string) =>
      `--tlsverify --tlscacert '${world.store}/certs/ca.pem' --tlscert ${cert}/cert.pem --tlskey ${cert}/key.pem`;
    const ours = await shell(`docker -H ${dockerHost} ${certificates(`'${world.store}/certs'`)} version`);
    assert.equal(ours.code, 0, ours.stderr);
    const theirs = await shell(`docker -H ${dockerHost} ${certificates('others/certs')} version`);
    assert.match(theirs.stderr, /bad certificate|certificate required|unknown certificate authority/);
  });

  const [example] = templateExamples(GUIDE).filter(({ words }) => words.includes('--azure-no-public-ip'));

  test(`make what create makes, and the same engine: ${example?.line}`, async () => {
    assert.ok(example !== undefined);
    const { group, createWords, words } = example;
    await world.ok(['create', ...createWords]);
    const made = { resources: await resourcesOf(sandbox, group), host: await hostState(world, 'db') };
    await world.ok(['rm', '-y', 'db']);

    const { dockerHost, address } = await deployed(words, group);
    assert.equal(dockerHost, 'tcp://10.1.0.20:2376');
    assert.deepEqual(await resourcesOf(sandbox, group), made.resources);
    await world.ok(['create', '--driver', 'none', '--url', dockerHost, 'db']);
    const { stdout, stderr } = await inShell('eval "$(azdock env db)" && docker info -f "{{.DockerRootDir}}"');
    assert.equal(stdout, '/var/lib/docker\n', stderr);
    await world.ok(['rm', '-y', 'db']);
    rememberLogin('db', address);
    assert.deepEqual(await hostState(world, 'db'), made.host);
  });

  /** Writes and deploys a template. @returns its outputs */
  async function deployed(words: readonly string[], group: string): Promise<Json> {
    const key = '~/.ssh/id_ed25519.pub';
    const own = words.includes('--parameters') ? [] : ['--parameters', 'db.parameters.json', '--ssh-key', key];
    const typed = [...words, ...own].map((word) => word.replace(/^~/, join(world.directory, 'home')));
    const text = await world.ok(['template', ...typed]);
    for (const hidden of [SECRET, SECRET.slice(0, 4), 'PRIVATE KEY']) assert.ok(!text.includes(`=${hidden}`));
    return deploy(sandbox, group, JSON.parse(text), parametersOf(join(world.directory, 'db.parameters.json')));
  }

  /** Runs a script in a shell of this world, with names of its own. */
  async function inShell(script: string, names = '127.0.0.1 localhost\n'): Promise<Result> {
    writeFileSync(join(world.directory, 'hosts'), names);
    const own = `mount --bind hosts /etc/hosts && ${script}`;
    return world.program('unshare', ['--mount', 'sh', '-c', own]);
  }

  /** What the tests of hosts look for of a machine in the store. */
  function rememberLogin(machine: string, address: string): void {
    const folder = join(world.store, 'machines', machine);
    mkdirSync(folder, { recursive: true });
    const driver = { IPAddress: address, SSHPort: sandbox.discovery.sshPort, SSHUser: 'docker-user' };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ Driver: driver }));
    writeFileSync(join(folder, 'id_rsa'), privateKey);
    chmodSync(join(folder, 'id_rsa'), 0o600);
    const { serverCert } = parametersOf(join(world.directory, 'db.parameters.json'));
    writeFileSync(join(folder, 'server.pem'), serverCert.value);
  }

  async function put(path: string, body: Json): Promise<void> {
    const answer = await finish(sandbox.azure, await sandbox.azure('PUT', path, body));
    assert.ok(answer.status < 300, answer.text);
  }

  async function publicIp(machine: string): Promise<Json> {
    const path = `/resourceGroups/web/providers/Microsoft.Network/publicIPAddresses/${machine}-ip`;
    return (await sandbox.azure('GET', path)).body;
  }
});
