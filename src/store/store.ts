import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from '../drivers/driver.ts';
import type { Clock } from '../wait/wait-until.ts';
import { writeFileAtomic } from './atomic-write.ts';
import { formatRecord } from './codec.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { parseJson } from './go-json.ts';
import { openJournal } from './journal.ts';
import {
  type CertificatePaths,
  certificatePaths,
  locksDir,
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
import { CONFIG_VERSION, type MachineRecord } from './record.ts';
import type { Sidecar } from './sidecar.ts';
import { formatSidecar } from './sidecar-codec.ts';
import { openSidecarFile, type SidecarFile } from './sidecar-file.ts';
import { readStoreId, writeStoreId } from './store-id.ts';

/** The directory that holds machines and certificates. All methods throw StoreError when the disk does not play along. */
export interface Store {
  readonly root: string;
  readonly certificates: CertificatePaths;
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
  /** Removes the machine's directory. No error when there is none. */
  remove(name: string): Promise<void>;
  /** Who is at work on the machine just now; undefined when nobody is. */
  lockHolder(name: string): LockHolder | undefined;
  /** @throws LockedError */
  withMachineLock<T>(name: string, wait: LockWait, work: () => Promise<T>): Promise<T>;
  /** Guards the making of CA and client certificate. @throws LockedError */
  withCertsLock<T>(wait: LockWait, work: () => Promise<T>): Promise<T>;
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

  return {
    root,
    certificates: certificatePaths(root),
    id: () => readStoreId(root),
    ensureId: async (wait) =>
      (await readStoreId(root)) ??
      locks.withLock(
        join(locksDir(root), 'store-id.lock'),
        'the id of the store',
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
      await createMachineDirectory(root, name, async (dir) => {
        await writeFileAtomic(join(dir, 'config.json'), formatRecord(record), { mode: 0o600 });
        await writeFileAtomic(join(dir, 'azdock.json'), formatSidecar(sidecar), { mode: 0o600 });
      });
    },
    async saveRecord(name, record) {
      const paths = machinePaths(root, name);
      await keepOldFormat(paths);
      await writeFileAtomic(paths.record, formatRecord(record), { mode: 0o600 });
    },
    saveSidecar: (name, sidecar) => sidecarOf(name).write(sidecar),
    updateSidecar: (name, change) => sidecarOf(name).update(change),
    journal: (name) => openJournal(sidecarOf(name)),
    remove: (name) => removeMachineDirectory(root, name),
    lockHolder: (name) => machineLockHolder(root, name),
    withMachineLock: async (name, wait, work) => locks.withLock(machineLock(root, name), `machine ${name}`, wait, work),
    withCertsLock: (wait, work) => locks.withLock(join(locksDir(root), 'certs.lock'), 'the certificates', wait, work),
  };
}

/** Copies the record, byte for byte, if its format is not the one that azdock writes. */
async function keepOldFormat(paths: MachinePaths): Promise<void> {
  let bytes: Buffer;
  try {
    bytes = await readFile(paths.record);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw fileFailure(error, 'read', paths.record);
  }
  if (!isCurrent(bytes.toString())) await writeFileAtomic(paths.recordBackup, bytes, { mode: 0o600 });
}

function isCurrent(text: string): boolean {
  try {
    const found = parseJson(text);
    return (
      typeof found === 'object' &&
      found !== null &&
      'ConfigVersion' in found &&
      found['ConfigVersion'] === CONFIG_VERSION
    );
  } catch {
    return false;
  }
}
