import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { constantFrom, type JsonValue, oneof, option, tuple } from 'fast-check';
import { treeOf } from '../end-to-end/tree.ts';
import { OLD_VERSIONS, oldRecord } from '../end-to-end/old-records.ts';
import { AzdockInOneProcess } from './azdock-in-one-process.ts';
import { fuzz } from './fuzz.ts';
import { brokenText, hostileText, mutated } from './hostile.ts';
import { assertTame } from './judge.ts';

const directory = await mkdtemp(join(tmpdir(), 'azdock-fuzz-'));
const root = join(directory, 'home', '.docker', 'machine');
const machine = join(root, 'machines', 'dev');

/** Nobody listens at these ports, and nobody is logged in to Azure: each question ends at once. */
const DRIVERS: Readonly<Record<'none' | 'generic' | 'azure', Readonly<Record<string, unknown>>>> = {
  none: { URL: 'tcp://127.0.0.1:9', IPAddress: '127.0.0.1:9' },
  generic: { IPAddress: '127.0.0.1', SSHPort: 9, SSHUser: 'root', EnginePort: 9, SSHKey: '' },
  azure: {
    IPAddress: '',
    SSHPort: 9,
    Environment: 'AzurePublicCloud',
    SubscriptionID: 's',
    ResourceGroup: 'g',
    DockerPort: 9,
  },
};

const documents = OLD_VERSIONS.flatMap((version) =>
  (['none', 'generic', 'azure'] as const).map(
    (driverName) =>
      JSON.parse(oldRecord(version, { root, name: 'dev', driverName, driver: DRIVERS[driverName] })) as JsonValue,
  ),
);
const group = '/subscriptions/s/resourceGroups/g';
const sidecar: JsonValue = {
  version: 1,
  id: '7f1d0f0e-9a55-4a3c-8a55-0d9a0a1f2b3c',
  store: '0c2a7c7e-5e5e-4a0a-8a55-0d9a0a1f2b3c',
  phase: 'ready',
  createdAt: '2026-11-20T21:40:03Z',
  journal: [
    { id: `${group}/providers/Microsoft.Compute/virtualMachines/dev`, shared: false },
    { id: `${group}/providers/Microsoft.Network/virtualNetworks/net`, shared: true },
  ],
  ownsResourceGroup: true,
  protected: false,
  provisioner: 'docker-extension',
  alternativeAddresses: ['10.0.0.4'],
  hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==',
  dockerContexts: [join(directory, 'home', '.docker')],
  timings: { network: 12 },
  driver: { tenantId: 't', tunnel: true, tags: { a: 'b' }, allowFrom: ['*'] },
  provision: { dockerOptions: {}, compose: null },
};

const records = brokenText(
  oneof(...documents.map((document) => mutated(document, 4))).map((one) => JSON.stringify(one, undefined, 4)),
);
const sidecars = option(brokenText(mutated(sidecar, 4).map((one) => JSON.stringify(one))), { nil: undefined });

/** What needs no terminal, starts no program and waits for nobody. */
const LOOKS: readonly (readonly string[])[] = [
  ['ls', '--timeout', '1'],
  ['ls', '--json', '--timeout', '1'],
  ['ls', '-q'],
  ['ls', '--timeout', '1', '--filter', 'label=a=b', '--filter', 'state=Running'],
  ['ls', '--timeout', '1', '--format', '{{.Name}} {{.URL}} {{json .EngineOptions}}'],
  ['env', '--shell', 'bash', 'dev'],
  ['env', '--shell', 'nushell', '--json', 'dev'],
  ['config', 'dev'],
  ['url', 'dev'],
  ['ip', 'dev'],
  ['ip', '--json', 'dev'],
  ['inspect', 'dev'],
  ['inspect', '--format', '{{prettyjson .Driver}}', 'dev'],
  ['status', 'dev'],
  ['active', '--timeout', '1'],
  ['context', 'dev'],
  ['context', '--remove', 'dev'],
  ['tunnel', '--status', 'dev'],
  ['allow', 'dev'],
  ['extension', 'dev', 'show'],
  ['protect', 'dev'],
  ['unprotect', 'dev'],
  ['stop', 'dev'],
  ['rm', '-y', 'dev'],
  ['rm', '-f', 'dev'],
];

describe('whatever stands in a machine’s files', () => {
  let azdock: AzdockInOneProcess;
  let around: Record<string, string>;

  const outside = async () => {
    const tree = await treeOf(directory);
    const changing = /^(\.|home|home\/\.docker)$|^home\/\.docker\/(machine|contexts)(\/|$)/;
    return Object.fromEntries(Object.entries(tree).filter(([path]) => !changing.test(path)));
  };

  before(async () => {
    await mkdir(join(directory, 'work'), { recursive: true });
    await mkdir(join(directory, 'home', '.docker'), { recursive: true });
    await writeFile(join(directory, 'home', 'kept'), 'kept');
    const environment = {
      HOME: join(directory, 'home'),
      USER: 'tester',
      CI: 'true',
      PATH: directory,
      DOCKER_HOST: 'tcp://127.0.0.1:9',
    };
    azdock = new AzdockInOneProcess({ environment, cwd: join(directory, 'work'), program: 'azdock' });
    around = await outside();
  });
  after(async () => {
    await azdock.stop();
    await rm(directory, { recursive: true, force: true });
  });

  fuzz(
    'every verb answers or says what is wrong, and touches nothing outside of the store',
    tuple(records, sidecars, constantFrom(...LOOKS)),
    async ([record, beside, argv]) => {
      await rm(root, { recursive: true, force: true });
      await mkdir(machine, { recursive: true });
      await writeFile(join(machine, 'config.json'), record);
      if (beside !== undefined) await writeFile(join(machine, 'azdock.json'), beside);
      const { stdout, rssMiB } = await azdock.runWell(argv);
      const isForPrograms = argv.includes('--format') || ['ip', 'url', 'env', 'config'].includes(argv[0] ?? '');
      if (!isForPrograms || argv.includes('--json')) assertTame(stdout, `stdout of ${argv.join(' ')}`);
      if (argv[0] === 'rm' && argv[1] === '-f')
        assert.ok(!existsSync(machine) || /protected/.test(beside ?? ''), 'rm -f');
      assert.ok(rssMiB < 700, `${rssMiB} MiB`);
      assert.deepEqual(await outside(), around);
    },
    { runs: 500 },
  );

  fuzz(
    'a directory of any name in the store, and any name that is asked for, leads nowhere else',
    tuple(hostileText, constantFrom(...LOOKS)),
    async ([name, argv]) => {
      await rm(root, { recursive: true, force: true });
      await mkdir(join(root, 'machines'), { recursive: true });
      // What no directory can be called is only asked for.
      await mkdir(join(root, 'machines', name.replaceAll('/', '')), { recursive: true }).catch(() => {});
      const words = argv.map((word) => (word === 'dev' ? name : word));
      const { stdout } = await azdock.runWell(words);
      if (argv[0] === 'ls' && !argv.includes('-q')) assertTame(stdout, 'ls');
      assert.deepEqual(await outside(), around);
    },
    { runs: 300 },
  );
});
