import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs } from '../skip.ts';
import { asUser, otherUsers } from './as-user.ts';
import { World } from './azdock.ts';
import { filesBelow } from './tree.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const CREATE = ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1'];
/** Nobody's number on all Linux systems (systemd, "Users, Groups, UIDs and GIDs"). */
const NOBODY = 65534;
const root = { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 };

async function place(context: TestContext): Promise<World> {
  const world = await World.create();
  context.after(() => world.destroy());
  return world;
}

const asNobody = (world: World, args: readonly string[], umask = '022') => asUser(world, NOBODY, args, { umask });

function giveToNobody(path: string): void {
  chownSync(path, NOBODY, NOBODY);
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) giveToNobody(join(path, name));
}

/** A world whose home belongs to nobody, and may be reached by that user. */
async function placeOfNobody(context: TestContext): Promise<World> {
  const world = await place(context);
  giveToNobody(join(world.directory, 'home'));
  return world;
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

for (const umask of ['000', '777'])
  test(`with umask ${umask} everything is private, and works`, needs(...otherUsers), async (t) => {
    const world = await placeOfNobody(t);
    // What is in no store is none of our business, but has to let us in.
    const made = await asNobody(world, [...CREATE, 'dev'], umask);
    assert.equal(made.code, 0, made.stderr);
    const store = world.store;
    for (const folder of [
      dirname(store),
      store,
      ...['certs', 'machines', 'machines/dev', '.locks'].map((n) => join(store, n)),
    ])
      assert.equal(modeOf(folder), '700', folder);
    for (const file of await filesBelow(store))
      assert.equal(modeOf(file), /(ca|cert)\.pem$/.test(file) ? '644' : '600', file);
    assert.equal((await asNobody(world, ['rm', '-y', 'dev'], umask)).code, 0);
  });

test(
  'a store that may not be written to can be read, and what would write says whose it is',
  needs(...otherUsers),
  async (t) => {
    const world = await placeOfNobody(t);
    assert.equal((await asNobody(world, [...CREATE, 'dev'])).code, 0);
    const folders = [
      world.store,
      ...['certs', 'machines', 'machines/dev', '.locks'].map((name) => join(world.store, name)),
    ];
    for (const folder of folders) chmodSync(folder, 0o500);
    for (const verb of [['ls'], ['ip', 'dev'], ['url', 'dev'], ['inspect', 'dev']])
      assert.equal((await asNobody(world, verb)).code, 0, verb[0]);
    for (const verb of [
      [...CREATE, 'two'],
      ['rm', '-y', 'dev'],
      ['protect', 'dev'],
    ]) {
      const { code, stdout, stderr } = await asNobody(world, verb);
      assert.deepEqual([code, stdout], [1, ''], stderr);
      assert.match(stderr, /^Cannot \w+ \/.*: permission denied \(EACCES\)\.\n {2}See whose it is: +ls -ld \//);
    }
    for (const folder of folders) chmodSync(folder, 0o700);
    assert.equal((await asNobody(world, ['rm', '-y', 'dev'])).code, 0);
  },
);

test(
  "another user's files are an error that names them; the other machines are listed",
  needs(...otherUsers),
  async (t) => {
    const world = await placeOfNobody(t);
    for (const name of ['dev', 'theirs']) assert.equal((await asNobody(world, [...CREATE, name])).code, 0);
    const theirs = join(world.store, 'machines', 'theirs');
    chownSync(join(theirs, 'config.json'), 0, 0);
    const { stdout, code } = await asNobody(world, ['ls', '--format', '{{.Name}} {{.State}} {{.Error}}']);
    assert.equal(code, 0);
    assert.match(stdout, /^dev Running /m);
    assert.match(stdout, /^theirs Error Cannot read .*theirs\/config\.json: permission denied/m);
    assert.match(
      (await asNobody(world, ['inspect', 'theirs'])).stderr,
      /See whose it is: +ls -ld \S+theirs \S+theirs\/config\.json/,
    );
    // The directory is the user's, so that the files in it can go.
    assert.equal((await asNobody(world, ['rm', '-f', 'theirs'])).code, 0);
    assert.equal(existsSync(theirs), false);
  },
);

test('a machine whose directory nobody may enter is dropped by rm -f', needs(...otherUsers), async (t) => {
  const world = await placeOfNobody(t);
  assert.equal((await asNobody(world, [...CREATE, 'dev'])).code, 0);
  chmodSync(join(world.store, 'machines', 'dev'), 0o000);
  assert.equal((await asNobody(world, ['ls'])).code, 0);
  const { code, stderr } = await asNobody(world, ['rm', '-f', 'dev']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(readdirSync(join(world.store, 'machines')), []);
});

test(
  'a disk without any room: nothing is lost, and rm works as soon as there is some',
  needs(root, 'unshare', 'mount'),
  async (t) => {
    const world = await place(t);
    mkdirSync(world.store, { recursive: true });
    const script = `
    mount -t tmpfs -o size=256k,mode=700 tmpfs "$1" || exit 99
    shift
    "$@" create --driver none --url tcp://127.0.0.1:1 dev || exit 98
    dd if=/dev/zero of="$HOME/.docker/machine/filler" bs=1k 2>/dev/null
    "$@" create --driver none --url tcp://127.0.0.1:1 two && exit 97
    "$@" rm -y dev && exit 96
    "$@" ls || exit 95
    "$@" inspect dev >/dev/null || exit 94
    rm "$HOME/.docker/machine/filler"
    "$@" rm -y dev || exit 93`;
    const args = ['-m', 'sh', '-c', script, 'sh', world.store, process.execPath, PROGRAM];
    const { code, stdout, stderr } = await world.program('unshare', args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^dev .*\nRemoved dev\.\n$/m);
    assert.equal(stderr.match(/the disk is full \(ENOSPC\)\.\n {2}See what is free: +df -h \//g)?.length, 2, stderr);
  },
);

const SEGMENT = 'x'.repeat(120);
const PLACES: Readonly<Record<string, string>> = {
  spaces: 'my docker  store',
  quotes: `it's "mine" \`now\` $HOME \\ %PATH%`,
  'a newline': 'first line\nsecond line',
  unicode: 'Große Häfen 港 🐳 é',
  'a leading hyphen': '-rf',
  'a long path': [SEGMENT, SEGMENT, SEGMENT, SEGMENT].join('/'),
};
for (const [what, name] of Object.entries(PLACES))
  test(`a store on a path with ${what} is one like others`, needs('bash'), async (t) => {
    const world = await place(t);
    const path = join(world.directory, 'places', name);
    const env = { MACHINE_STORAGE_PATH: path };
    await world.ok([...CREATE, 'dev'], { env });
    assert.match(await world.ok(['ls'], { env }), /^dev /m);
    assert.equal(
      JSON.parse(await world.ok(['inspect', 'dev'], { env })).HostOptions.AuthOptions.CertDir,
      join(path, 'certs'),
    );
    const { code, stderr } = await world.run(['env', 'dev'], { env });
    assert.equal(code, 1);
    assert.match(stderr, /^dev does not answer at/);
    await world.ok(['rm', '-y', 'dev'], { env });
    assert.deepEqual(readdirSync(join(path, 'machines')), []);
  });

test('a path that is too long for the system is an error that says so', async (t) => {
  const world = await place(t);
  const path = join(world.directory, ...Array<string>(40).fill(SEGMENT));
  const { code, stderr } = await world.run([...CREATE, 'dev'], { env: { MACHINE_STORAGE_PATH: path } });
  assert.equal(code, 1);
  assert.match(stderr, /^Cannot \w+ .*: the path is too long \(ENAMETOOLONG\)\.$/m);
});

test('a file where the store, or a part of it, should be is named', async (t) => {
  for (const part of ['', 'machines', 'certs', '.locks']) {
    const world = await place(t);
    await world.ok([...CREATE, 'dev']);
    const path = join(world.store, part);
    rmSync(path, { recursive: true });
    writeFileSync(path, '');
    const { code, stdout, stderr } = await world.run([...CREATE, 'two']);
    assert.deepEqual([code, stdout], [1, ''], stderr);
    assert.ok(stderr.startsWith('Cannot ') && stderr.includes(path), stderr);
    assert.match(stderr, /See what it is: +ls -ld \//);
  }
});

test('without HOME the store is where the system says that the user lives', needs(...otherUsers), async (t) => {
  const world = await place(t);
  // Another /etc/passwd, in a mount name space of its own, so that no real home is touched.
  const passwd = join(world.directory, 'passwd');
  writeFileSync(passwd, `root:x:0:0::${join(world.directory, 'home')}:/bin/sh\n`);
  const script = 'mount --bind "$1" /etc/passwd && shift && exec env -u HOME "$@"';
  const run = (...args: string[]) =>
    world.program('unshare', ['-m', 'sh', '-c', script, 'sh', passwd, process.execPath, PROGRAM, ...args]);
  const made = await run(...CREATE, 'dev');
  assert.equal(made.code, 0, made.stderr);
  assert.match(await world.ok(['ls', '-q']), /^dev$/m);
  // A user whom the system does not know.
  const { code, stderr } = await asUser(world, 47_110, ['ls'], { without: ['HOME'] });
  assert.equal(code, 2, stderr);
  assert.match(
    stderr,
    /^There is no home directory to keep machines in.*\n {2}Name a place: +azdock --storage-path DIR/,
  );
});

test('machines with names as long as file systems allow can be used and removed', async (t) => {
  const world = await place(t);
  await world.ok([...CREATE, 'dev']);
  const machines = join(world.store, 'machines');
  for (const name of ['x'.repeat(255), 'ä'.repeat(127)]) {
    cpSync(join(machines, 'dev'), join(machines, name), { recursive: true });
    await world.ok(['protect', name]);
    await world.ok(['unprotect', name]);
    await world.ok(['rm', '-y', name]);
    assert.deepEqual(readdirSync(machines), ['dev']);
  }
});
