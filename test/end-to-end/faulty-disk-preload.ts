// Loaded with `--import` into the azdock of a test: lets its disk fail, or kills it, at one of its calls that change the store.
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { sep } from 'node:path';
import type { FaultyDisk } from './faulty-disk.ts';

type Work = (...args: never[]) => unknown;

const { root, at, fault, log } = JSON.parse(process.env['AZDOCK_TEST_DISK'] ?? '') as FaultyDisk;
const { appendFileSync, writeSync } = fs;
const files = new WeakMap<object, string>();
let calls = 0;

const isOurs = (path: unknown): path is string =>
  typeof path === 'string' && (path === root || path.startsWith(root + sep));
const isWriting = (flags: unknown): boolean =>
  typeof flags === 'number'
    ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
    : /[wa+]/.test(String(flags));

/** Called before each call that changes something. `takesRoom`: not on a full disk. */
function strike(what: string, path: string, takesRoom: boolean, half = () => {}): void {
  calls += 1;
  appendFileSync(log, `${calls} ${what} ${path}\n`);
  if (fault === 'kill' && calls === at) {
    half();
    process.kill(process.pid, 'SIGKILL');
  }
  if (fault === 'full' && calls >= at && takesRoom)
    throw Object.assign(new Error(`ENOSPC: no space left on device, ${what} '${path}'`), { code: 'ENOSPC' });
}

/** Puts a check in front of a function of `node:fs`. */
function guard(owner: object, name: string, before: (args: readonly unknown[]) => void): void {
  const real = Reflect.get(owner, name) as Work;
  const isAsync = owner === fs.promises;
  const guarded = (...args: never[]): unknown => {
    try {
      before(args);
    } catch (error) {
      if (isAsync) return Promise.reject(error);
      throw error;
    }
    return real(...args);
  };
  Reflect.set(owner, name, guarded);
}

const ROOM = { mkdir: true, link: true, writeFile: true, rename: false, unlink: false, rm: false, chmod: false };
for (const [name, takesRoom] of Object.entries(ROOM)) {
  const check = ([path, target]: readonly unknown[]) => {
    if (isOurs(path)) strike(name, name === 'rename' ? `${path} ${target}` : path, takesRoom);
  };
  guard(fs.promises, name, check);
  guard(fs, `${name}Sync`, check);
}
guard(fs, 'openSync', ([path, flags]) => {
  if (isOurs(path) && isWriting(flags ?? 'r')) strike('open', path, true);
});

const openReal = fs.promises.open;
fs.promises.open = async (path, flags, mode) => {
  if (isOurs(path) && isWriting(flags ?? 'r')) strike('open', path, true);
  const handle = await openReal(path, flags, mode);
  if (isOurs(path)) files.set(handle, path);
  return handle;
};

const probe = await openReal(import.meta.filename);
const prototype: FileHandle = Object.getPrototypeOf(probe);
await probe.close();
for (const name of ['writeFile', 'write', 'sync', 'chmod'] as const) {
  const real = prototype[name] as Work;
  const guarded = async function (this: FileHandle, ...args: never[]): Promise<unknown> {
    const path = files.get(this);
    const [data] = args as readonly unknown[];
    const half = () => {
      if (typeof data === 'string') writeSync(this.fd, data.slice(0, data.length / 2));
    };
    if (path !== undefined) strike(name, path, name.startsWith('write'), half);
    return real.apply(this, args);
  };
  Reflect.set(prototype, name, guarded);
}
syncBuiltinESMExports();
