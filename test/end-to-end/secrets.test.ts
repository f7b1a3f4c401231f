import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { needs } from '../skip.ts';
import { type RunOptions, World } from './azdock.ts';
import { watchProcesses } from './process-watch.ts';
import { type KnownSecret, keyLines, secretsIn } from './secret-shapes.ts';
import { openSpawnLog } from './spawn-log.ts';
import { filesBelow } from './tree.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** Files whose whole purpose is to hold a private key. */
const KEY_FILES = ['ca-key.pem', 'key.pem', 'server-key.pem', 'id_rsa'];
/** What the sandbox keeps of its own secrets, and its guests' disks. */
const OF_THE_SANDBOX = /^sandbox\/(sandbox\.json|identity\.json|server-key\.pem|guests\/.*)$/;

/** Nobody's password, with everything in it that has to be quoted somewhere. */
function newPassword(): string {
  const [front, back] = [randomBytes(9), randomBytes(9)].map((bytes) => bytes.toString('base64url'));
  return `${front}'"&+/%$ ${back}`;
}

describe('secrets', () => {
  let world: World;
  /** Everything that was printed, by the command that did. */
  const printed: { readonly title: string; readonly text: string }[] = [];
  const secrets: KnownSecret[] = [];
  let commandLines: readonly string[] = [];
  let spawned = '';

  const secret = (name: string, value = newPassword()): string => {
    secrets.push({ name, value });
    return value;
  };

  /** Learns the private keys that there are now. */
  async function learnKeys(): Promise<void> {
    for (const file of await filesBelow(world.store)) {
      if (!KEY_FILES.includes(basename(file))) continue;
      const lines = keyLines(relative(world.store, file), await readFile(file, 'utf8'));
      assert.equal(lines.length, 3, `${file} holds a key`);
      secrets.push(...lines.filter(({ value }) => !secrets.some((known) => known.value === value)));
    }
  }

  async function run(code: number, args: readonly string[], options: RunOptions = {}): Promise<void> {
    const result = await world.run(args, options);
    const title = args.join(' ');
    printed.push({ title, text: `${result.stdout}\n${result.stderr}` });
    assert.equal(result.code, code, `${title}\n…${result.stderr.slice(-2_000)}`);
    await learnKeys();
  }

  /** Runs with `--debug`, and again with `--json`. */
  async function runTwice(code: number, args: readonly string[], options: RunOptions = {}): Promise<void> {
    await run(code, [...args, '--debug'], options);
    await run(code, [...args, '--json'], options);
  }

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    const temporary = join(world.directory, 'tmp');
    const inputs = join(world.directory, 'inputs');
    await Promise.all([temporary, inputs].map((directory) => mkdir(directory)));
    const log = await openSpawnLog(world);
    Object.assign(world.env, log.env, { TMPDIR: temporary });
    const watch = await watchProcesses();
    const sandbox = await WorldSandbox.up(world);
    const { clientId, clientSecret, tenantId, controlToken } = sandbox.discovery;
    secret("the sandbox's client secret", clientSecret);
    secret("the sandbox's control token", controlToken);
    const input = async (name: string, text: string): Promise<string> => {
      await writeFile(join(inputs, name), text);
      return join(inputs, name);
    };

    const compose = await input('compose.yaml', 'services:\n  web:\n    image: busybox\n    environment: [TOKEN]\n');
    const secretToken = secret('compose secret');
    const signedIn = { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: tenantId, AZURE_CLIENT_SECRET: clientSecret };
    const login = ['--registry-login', 'user@registry.example.com'];
    const composed = ['--compose', compose, '--compose-env', 'A=b', '--compose-secret-env', 'TOKEN'];
    const passwordFile = await input('password', `${secret('registry password in a file')}\n`);
    const certificateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const userKey = certificateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    secrets.push(...keyLines("the user's own key", userKey));
    const keptSettings = {
      certs: { ca: '', cert: '', key: Buffer.from(userKey).toString('base64') },
      login: { username: 'user', password: secret('registry password in protected settings') },
      environment: { TOKEN: secret('environment in protected settings') },
    };

    const byExtension = ['--azure-provisioner', 'docker-extension'];
    const noisy = { env: { ...signedIn, TOKEN: secretToken, AZURE_LOG_LEVEL: 'verbose' } };
    await run(0, ['create', '--debug', '--azure-login', 'client-secret', ...byExtension, 'by-extension'], noisy);
    // Simulated guests run no containers and reach no registry: the extension gets these secrets, and fails.
    await run(1, ['create', '--debug', ...byExtension, ...composed, 'compose-failed'], noisy);
    const fromFile = [...login, '--registry-password-file', passwordFile];
    await run(1, ['create', '--debug', ...byExtension, ...fromFile, 'login-failed'], noisy);
    await run(0, ['create', '--debug', ...fromFile, 'by-choice'], noisy);
    await run(
      0,
      [
        ...['create', '--debug', '--azure-provisioner', 'custom-script', ...login],
        ...['--registry-password-stdin', ...composed, 'by-script'],
      ],
      {
        env: { TOKEN: secretToken, AZURE_LOG_LEVEL: 'verbose' },
        input: `${secret('registry password by standard input')}\n`,
      },
    );
    await run(0, ['create', '--debug', '--azure-provisioner', 'cloud-init', ...login, ...composed, 'by-cloud-init'], {
      env: { TOKEN: secretToken, AZDOCK_REGISTRY_PASSWORD: secret('registry password in a variable') },
    });
    const settingsFile = await input('settings.json', '{"compose":{"web":{"image":"busybox"}}}');
    const protectedFile = await input('protected.json', JSON.stringify(keptSettings));
    await run(0, [
      ...['create', '--json', 'by-files'],
      ...['--extension-settings', settingsFile, '--extension-protected-settings', protectedFile],
    ]);

    for (const args of [['ls'], ['inspect', 'by-script']]) await runTwice(0, args);
    for (const verb of ['env', 'config', 'url', 'ip', 'status']) await run(0, [verb, '--debug', 'by-files']);
    await runTwice(0, ['regenerate-certs', '-f', 'by-extension', 'by-script', 'by-cloud-init', 'by-files']);
    await run(0, ['regenerate-certs', '-f', '--client-certs', '--debug', 'by-script']);

    // What fails tells why, and nothing else.
    const wrongSecret = { ...signedIn, AZURE_CLIENT_SECRET: secret('a client secret that is refused') };
    await runTwice(6, ['create', '--azure-login', 'client-secret', 'refused'], {
      env: { ...wrongSecret, AZURE_LOG_LEVEL: 'verbose' },
    });
    await WorldSandbox.up(world, ['--docker-extension', 'fails']);
    await run(1, ['create', '--debug', '--no-rollback', ...byExtension, 'failed'], noisy);
    await run(1, ['env', '--debug', 'failed']);
    const lost = secret('a password in a broken file');
    const brokenFiles: Readonly<Record<string, string>> = {
      'cut.json': `{"login": {"username": "user", "password": ${JSON.stringify(lost)}`,
      // What the parser's own message quotes.
      'unquoted.json': `{"login": {"username": "user", "password": Z${lost}}}`,
      'no-object.json': JSON.stringify(lost),
      'list.json': JSON.stringify({ login: { username: 'user', password: [lost] } }),
      'flat.json': JSON.stringify({ login: lost }),
      'lines.json': JSON.stringify({ login: { username: 'user', password: `${lost}\n${lost}` } }),
      'variable.json': JSON.stringify({ environment: { 'no name': lost } }),
      'unknown.json': JSON.stringify({ login: { username: 'user', pasword: lost } }),
    };
    for (const [name, text] of Object.entries(brokenFiles)) {
      const file = await input(name, text);
      await runTwice(2, ['create', '--extension-protected-settings', file, 'never']);
      await run(2, ['create', '--debug', '--extension-settings', file, 'never']);
    }
    const twoLines = await input('two-lines', `${lost}\n${lost}\n`);
    await runTwice(2, ['create', ...login, '--registry-password-file', twoLines, 'never']);

    await run(0, ['rm', '-y', '--debug', 'by-extension', 'by-script']);
    await run(0, ['rm', '-y', '--json', 'by-cloud-init']);
    await run(0, ['rm', '-f', '--debug', 'failed', 'compose-failed', 'login-failed']);
    commandLines = await watch.stop();
    spawned = await log.read();
  });
  after(() => world?.destroy());

  it('were in use', () => {
    // A test that looks for nothing finds nothing.
    assert.ok(secrets.length > 30, secrets.map(({ name }) => name).join(', '));
    assert.ok(printed.some(({ text }) => text.includes('debug: PUT ')));
    assert.ok(printed.some(({ text }) => text.includes('azure:core-rest-pipeline:info Request')));
  });

  it('are not printed, neither with --debug nor with --json', () => {
    const found = printed.flatMap(({ title, text }) => secretsIn(text, secrets).map((name) => `${name} by ${title}`));
    assert.deepEqual(found, []);
  });

  it('stand in no file but those that are made for them', async () => {
    const own = (file: string) =>
      (file.startsWith(world.store) && KEY_FILES.includes(basename(file))) ||
      file.startsWith(join(world.directory, 'inputs')) ||
      OF_THE_SANDBOX.test(relative(world.directory, file));
    const found: string[] = [];
    const files = (await filesBelow(world.directory)).filter((file) => !own(file));
    for (const file of files) {
      for (const name of secretsIn(await readFile(file, 'latin1'), secrets)) found.push(`${name} in ${file}`);
    }
    assert.deepEqual(found, []);
    const names = files.map((file) => basename(file));
    for (const name of ['config.json', 'azdock.json', 'cert.pem', 'journal.jsonl', 'sandbox.log', 'state.json'])
      assert.ok(names.includes(name), `${name} was searched`);
  });

  it('are in no process’s arguments', needs({ what: '/proc', met: process.platform === 'linux' }), () => {
    assert.ok(
      commandLines.some((line) => line.includes('--registry-password-stdin')),
      'azdock was seen at work',
    );
    assert.deepEqual(secretsIn(commandLines.join('\n\n'), secrets), []);
  });

  it('are in no arguments of processes that azdock starts', () => {
    assert.match(spawned, /"sandbox","serve"/);
    assert.deepEqual(secretsIn(spawned, secrets), []);
  });
});

describe('what azdock writes can be read by nobody else', () => {
  for (const umask of ['000', '022', '077']) {
    it(`under umask ${umask}`, async (context) => {
      const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
      context.after(() => world.destroy());
      const azdock = (...args: string[]) =>
        world.program('sh', ['-c', `umask ${umask}; exec azdock "$@"`, 'sh', ...args]);
      assert.deepEqual(await azdock('create', 'dev').then(({ code, stderr }) => (code === 0 ? '' : stderr)), '');
      assert.equal((await azdock('regenerate-certs', '-f', '--client-certs', 'dev')).code, 0);

      const open: string[] = [];
      const roots = [world.store, world.sandboxDirectory];
      for (const root of roots) {
        for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
          const path = join(entry.parentPath, entry.name);
          const mode = (await lstat(path)).mode & 0o777;
          const isPublic = /^(ca|cert|server)\.pem$/.test(entry.name) && root === world.store;
          const allowed = entry.isDirectory() ? 0o700 : isPublic ? 0o644 : 0o600;
          if (mode !== allowed) open.push(`${mode.toString(8)} ${path}`);
        }
        assert.equal((await lstat(root)).mode & 0o777, 0o700, root);
      }
      assert.deepEqual(open, []);
    });
  }
});
