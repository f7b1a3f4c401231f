import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { StoreError } from '../../src/errors/store-error.ts';
import { UnsupportedError } from '../../src/errors/unsupported-error.ts';
import { makeOwnDirectory } from '../../src/machine/tunnel/own-directory.ts';
import { requireSockets } from '../../src/machine/tunnel/require-sockets.ts';
import { tunnelPlace } from '../../src/machine/tunnel/tunnel-place.ts';
import { readTunnelState, tunnelSocket, writeTunnelState } from '../../src/machine/tunnel/tunnel-state.ts';
import { ownIdentity } from '../../src/store/process-identity.ts';
import { temporaryStore } from './store-fixture.ts';

const OWN = `azdock-${process.getuid?.() ?? 0}`;

function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-place-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store whose path is too long for a socket in it. */
function longStore(test: TestContext): string {
  return temporaryStore(test, 'a-directory-with-a-long-name-'.repeat(4));
}

test('the socket lies beside the record where that path is short enough, and nothing in the environment moves it', () => {
  const place = (environment: Record<string, string>) => tunnelPlace('dev', { storePath: '/store', environment });
  assert.equal(place({}).socket, '/store/machines/dev/docker.sock');
  assert.deepEqual(place({ XDG_RUNTIME_DIR: '/run/user/0', TMPDIR: '/var/tmp' }), place({}));
});

test('a path is as long as the system takes it, and not a byte longer', () => {
  const longest = process.platform === 'linux' ? 107 : 103;
  const rest = '/machines/dev/docker.sock'.length;
  const placeIn = (bytes: number) =>
    tunnelPlace('dev', { storePath: `/${'x'.repeat(bytes - rest - 1)}`, environment: {} }).socket;
  assert.equal(placeIn(longest).length, longest);
  assert.match(placeIn(longest + 1), /^\/tmp\/azdock-\d+\/[0-9a-f]{16}\.sock$/);
});

test('else it lies in the directory for things that run, if that is the user’s alone, and else in the one for temporary files', (t) => {
  const storePath = longStore(t);
  const runtime = temporaryFolder(t);
  const temporary = temporaryFolder(t);
  const folderOf = (environment: Record<string, string>) =>
    dirname(tunnelPlace('dev', { storePath, environment }).socket);
  assert.equal(folderOf({ XDG_RUNTIME_DIR: runtime, TMPDIR: temporary }), join(runtime, 'azdock'));
  assert.equal(folderOf({ XDG_RUNTIME_DIR: '/', TMPDIR: temporary }), join(temporary, OWN));
  assert.equal(folderOf({ XDG_RUNTIME_DIR: 'relative', TMPDIR: temporary }), join(temporary, OWN));
  assert.equal(folderOf({ TMPDIR: `/${'x'.repeat(100)}` }), join('/tmp', OWN));
  const names = ['one', 'other'].map((name) => tunnelPlace(name, { storePath, environment: {} }).socket);
  assert.notEqual(names[0], names[1]);
});

test('a directory there that somebody else could have put something into is refused, a link above all', (t) => {
  const storePath = longStore(t);
  const temporary = temporaryFolder(t);
  const elsewhere = temporaryFolder(t);
  const place = () => tunnelPlace('dev', { storePath, environment: { TMPDIR: temporary } });
  const directory = join(temporary, OWN);
  symlinkSync(elsewhere, directory);
  assert.throws(place, StoreError);
  assert.throws(() => makeOwnDirectory(directory), StoreError);
  rmSync(directory);
  mkdirSync(directory, { mode: 0o755 });
  assert.throws(place, StoreError);
  rmSync(directory, { recursive: true });
  makeOwnDirectory(directory);
  makeOwnDirectory(directory);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  assert.equal(dirname(place().socket), directory);
});

test('a process that keeps the tunnel says where it listens; one that is dead does not', async (t) => {
  const storePath = temporaryStore(t);
  mkdirSync(join(storePath, 'machines', 'dev'), { recursive: true });
  const place = tunnelPlace('dev', { storePath, environment: {} });
  assert.equal(tunnelSocket(place), place.socket);
  const state = { ...ownIdentity(), socket: '/run/other.sock', since: '2026-11-20T21:40:03Z' };
  await writeTunnelState(place, state);
  assert.equal(statSync(place.state).mode & 0o777, 0o600);
  assert.deepEqual(readTunnelState(place), JSON.parse(JSON.stringify(state)));
  assert.equal(tunnelSocket(place), '/run/other.sock');
  await writeTunnelState(place, { ...state, startTime: '1' });
  if (process.platform === 'linux') assert.equal(tunnelSocket(place), place.socket, 'its number is another’s by now');
  await writeTunnelState(place, { ...state, pid: 2 ** 22 });
  assert.equal(tunnelSocket(place), place.socket);
});

test('on Windows, where docker takes no sockets, there are no tunnels', () => {
  requireSockets('linux');
  requireSockets('darwin');
  assert.throws(() => requireSockets('win32'), UnsupportedError);
});
