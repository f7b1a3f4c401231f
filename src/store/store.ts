import { join } from 'node:path';
import type { Journal } from '../drivers/creation.ts';
import type { StoreError } from '../errors/store-error.ts';
import type { Clock } from '../wait/wait-until.ts';
import { writeFileAtomic } from './atomic-write.ts';
import { formatRecord } from './codec.ts';
import { filesWithin, type StoreFiles } from './files.ts';
import { openJournal } from './journal.ts';
import { keepOldFormat } from './keep-old-format.ts';
import {
  type CertificatePaths,
  certificatePaths,
  locksDir,
  machinesDir,
  type MachinePaths,
  machinePaths,
  requireNewName,
} from './layout.ts';
import { loadMachineSync, type StoredMachine } from './load.ts';
import { machineLock, machineLockHolder } from './lock-holder.ts';
import type { LockHolder } from './lock-file.ts';
import { createLocks, type LockWait } from './locks.ts';
import { createMachineDirectory, isTaken, removeMachineDirectory } from './machine-directory.ts';
import { inNaturalOrder, machineNamesSync } from './names.ts';
import { leadsAway, requireOwnPlace } from './own-place.ts';
import type { MachineRecord } from './record.ts';
import type { Sidecar } from './sidecar.ts';
import { formatSidecar } from './sidecar-codec.ts';
import { openSidecarFile, type SidecarFile } from './sidecar-file.ts';
import { readStoreId, writeStoreId } from './store-id.ts';
import { sweepDirectory, sweepLocks } from './sweep.ts';

/** The directory that holds machines and certificates. All methods throw StoreError when the disk does not play along. */
export interface Store {
  readonly root: string;
  readonly certificates: CertificatePaths;
  /** Writes nothing where a symbolic link leads out of the store. */
  readonly files: StoreFiles;
  /** The store's own UUID; undefined before its first machine in a cloud, and in a copy of a store. */
  id(): Promise<string | undefined>;
  /** The same, made where there is none. @throws LockedError */
  ensureId(wait: LockWait): Promise<string>;
  /** @throws MachineNotFoundError when `name` could not even be a directory */
  paths(name: string): MachinePaths;
  /** In byte order. */
  names(): Promise<string[]>;
  /** As tables show them: `m2` before `m10`. */
  naturalNames(): Promise<string[]>;
  /** True when anything is in the machine's place, be it usable or not. */
  exists(name: string): Promise<boolean>;
  /** Never writes: a record of an old format is migrated in memory. @throws MachineNotFoundError, RecordError */
  load(name: string): Promise<StoredMachine>;
  /** Of several processes that create the same name, one succeeds. @throws MachineExistsError, UsageError for an unfit name */
  create(name: string, record: MachineRecord, sidecar: Sidecar): Promise<void>;
  /** A record of an old format that this replaces is kept as `config.json.bak`. */
  saveRecord(name: string, record: MachineRecord): Promise<void>;
  saveSidecar(name: string, sidecar: Sidecar): Promise<void>;
  /** Reads, changes, writes; gives what was written. A machine of docker-machine gets its sidecar here. @throws RecordError */
  updateSidecar(name: string, change: (sidecar: Sidecar) => Sidecar): Promise<Sidecar>;
  /** @throws RecordError */
  journal(name: string): Promise<Journal>;
  /** What is wrong when a symbolic link puts the machine's directory somewhere else; undefined when none does. */
  leadsAway(name: string): Promise<StoreError | undefined>;
  /** Removes the machine's directory; of a symbolic link in its place the link alone. No error when there is none. */
  remove(name: string): Promise<void>;
  /** Who is at work on the machine just now; undefined when nobody is. */
  lockHolder(name: string): LockHolder | undefined;
  /** @throws LockedError */
  withMachineLock<T>(name: string, wait: LockWait, work: () => Promise<T>): Promise<T>;
  /** Guards the making of CA and client certificate. @throws LockedError */
  withCertsLock<T>(wait: LockWait, work: () => Promise<T>): Promise<T>;
}

interface Lock {
  readonly path: string;
  readonly what: string;
  /** Directories that nobody else writes to while the lock is held, so that what others have left there can go. */
  readonly guards: readonly string[];
}

/** Opens the store at `root`, an absolute path. Nothing is read or made before a method is called. */
export function openStore(root: string, clock: Clock): Store {
  const locks = createLocks(clock);
  const sidecars = new Map<string, SidecarFile>();
  const sidecarOf = (name: string): SidecarFile => {
    const file = sidecars.get(name) ?? openSidecarFile(machinePaths(root, name));
    sidecars.set(name, file);
    return file;
  };

  const requireOwnMachine = (name: string) => requireOwnPlace(root, machinePaths(root, name).dir);
  const withLock = async <T>(lock: Lock, wait: LockWait, work: () => Promise<T>): Promise<T> => {
    await requireOwnPlace(root, locksDir(root));
    return locks.withLock(lock.path, lock.what, wait, async () => {
      await Promise.all([sweepLocks(locksDir(root)), ...lock.guards.map(sweepDirectory)]);
      return work();
    });
  };

  return {
    root,
    certificates: certificatePaths(root),
    files: filesWithin(root),
    id: () => readStoreId(root),
    ensureId: async (wait) =>
      (await readStoreId(root)) ??
      withLock(
        { path: join(locksDir(root), 'store-id.lock'), what: 'the id of the store', guards: [root] },
        wait,
        async () => (await readStoreId(root)) ?? writeStoreId(root),
      ),
    paths: (name) => machinePaths(root, name),
    names: async () => machineNamesSync(root),
    naturalNames: async () => inNaturalOrder(machineNamesSync(root)),
    exists: (name) => isTaken(root, name),
    load: async (name) => loadMachineSync(root, name),
    async create(name, record, sidecar) {
      requireNewName(name);
      await requireOwnPlace(root, machinesDir(root));
      await createMachineDirectory(root, name, async (dir) => {
        await writeFileAtomic(join(dir, 'config.json'), formatRecord(record), { mode: 0o600 });
        await writeFileAtomic(join(dir, 'azdock.json'), formatSidecar(sidecar), { mode: 0o600 });
      });
    },
    async saveRecord(name, record) {
      const paths = machinePaths(root, name);
      await requireOwnMachine(name);
      await keepOldFormat(paths);
      await writeFileAtomic(paths.record, formatRecord(record), { mode: 0o600 });
    },
    async saveSidecar(name, sidecar) {
      await requireOwnMachine(name);
      await sidecarOf(name).write(sidecar);
    },
    async updateSidecar(name, change) {
      await requireOwnMachine(name);
      return sidecarOf(name).update(change);
    },
    async journal(name) {
      await requireOwnMachine(name);
      return openJournal(sidecarOf(name));
    },
    leadsAway: (name) => leadsAway(root, machinePaths(root, name).dir),
    async remove(name) {
      await requireOwnPlace(root, machinesDir(root));
      await removeMachineDirectory(root, name);
    },
    lockHolder: (name) => machineLockHolder(root, name),
    async withMachineLock(name, wait, work) {
      await requireOwnMachine(name);
      const { dir } = machinePaths(root, name);
      const guards = [dir, machinesDir(root)];
      return withLock({ path: machineLock(root, name), what: `machine ${name}`, guards }, wait, work);
    },
    withCertsLock: (wait, work) =>
      withLock(
        { path: join(locksDir(root), 'certs.lock'), what: 'the certificates', guards: [certificatePaths(root).dir] },
        wait,
        work,
      ),
  };
}
