import type { Journal } from '../../drivers/creation.ts';
import type { Driver } from '../../drivers/driver.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { openStore, type Store } from '../../store/store.ts';
import { authorityFiles } from '../authority-files.ts';
import type { CreatedMachine } from '../create-request.ts';
import { ensureAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';
import { newMachine } from '../new-machine.ts';
import { newRecord } from '../new-record.ts';
import type { HostRequest } from '../prepare-creation.ts';
import { readCustomData } from '../read-create-input.ts';
import { type CreationRun, runCreation } from '../run-creation.ts';
import { findHost, type Left } from './find-host.ts';
import { type Changes, changesAddress, refuseFixed } from './fixed-options.ts';
import { prepareAgain, resumedSidecar } from './prepare-again.ts';
import type { Recalled } from './recall-origin.ts';
import { type ResumeInput, recallRequest } from './recall-request.ts';
import { requireUnfinished, type UnfinishedMachine } from './require-unfinished.ts';
import type { RollbackChoice } from './roll-back.ts';

/** How long another azdock may still be at work on the machine: one that was interrupted is about to end. */
const LOCK_DEADLINE_MS = 10_000;

export interface ResumeHow {
  /** What relative paths start from. */
  readonly cwd: string;
  readonly rollback: RollbackChoice;
}

/** Driver of the machine that could be gone on with; undefined when there is none of that name. @throws RecordError */
export async function resumableDriver(name: string, { storePath, clock }: MachineContext): Promise<string | undefined> {
  const store = openStore(storePath, clock);
  return (await store.exists(name)) ? (await store.load(name)).record.DriverName : undefined;
}

/**
 * Goes on with a creation that failed or was broken off, with what it has left: id, journal, key, certificates where they still serve,
 * and everything in the cloud that is whole. What is half-made is made anew.
 *
 * @throws MachineExistsError when there is nothing to go on with; LockedError while another azdock makes the machine; UsageError for
 *   what cannot be another any more, and for secrets that have to be given again; else as a creation
 */
export async function resumeMachine(
  input: ResumeInput,
  context: MachineContext,
  how: ResumeHow,
): Promise<CreatedMachine> {
  const { name } = input;
  const store = openStore(context.storePath, context.clock);
  const wait = { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal };
  return store.withMachineLock(name, wait, async () => {
    const found = requireUnfinished(await store.load(name));
    return goOn({ found, input, how, store, context: withAuthority(found, store, context) });
  });
}

interface Resumption {
  readonly found: UnfinishedMachine;
  readonly input: ResumeInput;
  readonly how: ResumeHow;
  readonly store: Store;
  readonly context: MachineContext;
}

async function goOn(resumption: Resumption): Promise<CreatedMachine> {
  const { found, input, how, store, context } = resumption;
  const { progress } = context;
  const { id, store: storeId } = found.sidecar;
  const startedMs = context.clock.now();
  const { name } = input;
  const place = { cwd: how.cwd, environment: context.environment };
  const recalled = await recallRequest(found, input, place);
  const changes = changesOf(name, recalled);
  const journal = await store.journal(name);
  if (changes !== undefined) refuseFixed(changes, { journal, hasHost: false });
  for (const warning of recalled.warnings) progress.warn(warning);

  const machine = await newMachine(recalled.origin, { name, id, storeId, store, context });
  const left = await findHost({ name, machine, journal, paths: store.paths(name), context });
  if (changes !== undefined && left.hasHost) refuseFixed(changes, { journal, hasHost: true });
  progress.info(`Going on with ${name}: ${await machine.driver.describe()}`);
  const request = left.hasHost ? recalled.request : await withBootData(recalled.request);
  const prepared = await prepareAgain({ found, request, machine, store, context, hasHost: left.hasHost });

  const keys = await prepared.machine.keys();
  const record = newRecord(request, keys.driver, context);
  await store.saveRecord(name, record);
  const { hasHost } = left;
  await store.updateSidecar(name, (old) => resumedSidecar(old, prepared, { driver: keys.sidecar, hasHost }));
  let authority: ReturnType<typeof ensureAuthority> | undefined;
  return runCreation({
    ...prepared,
    id,
    request,
    store,
    context,
    record,
    startedMs,
    rollback: how.rollback,
    isResumed: true,
    hasHost,
    clearAway: clearing(left, changes, machine.driver, context),
    authority() {
      authority ??= ensureAuthority(store, context);
      return authority;
    },
  });
}

/** On Azure: what is to be another than before. */
function changesOf(name: string, { origin, before }: Recalled): Changes | undefined {
  if (before === undefined || origin.driver !== 'azure') return undefined;
  return { name, before, after: origin.options };
}

/** What a host carries that has to be made: the user's own data, and a password, which azdock does not keep. @throws UsageError */
async function withBootData(request: HostRequest): Promise<HostRequest> {
  const { origin, name } = request;
  if (origin.driver === 'azure' && origin.options.passwordLogin && origin.options.password === undefined)
    throw new UsageError(`azdock does not keep the password of ${name}: give it again in AZDOCK_AZURE_PASSWORD.`, {
      resource: '--azure-password-login',
    });
  return { ...request, customData: await readCustomData(origin) };
}

/** Deletes what is half-made, and what does not fit any more, before the steps look for what is there. */
function clearing(
  left: Left,
  changes: Changes | undefined,
  { remains }: Driver,
  { progress, signal }: MachineContext,
): CreationRun['clearAway'] {
  const address = !left.hasHost && changes !== undefined && changesAddress(changes);
  if (remains === undefined || !(left.needsClearing || address)) return undefined;
  return (journal: Journal) =>
    progress.step('Clear away what was not finished', () => remains.clear({ address }, journal, signal));
}

/** The certificates' authority is the one that the earlier run was given, unless another is given now. */
function withAuthority({ record }: UnfinishedMachine, store: Store, context: MachineContext): MachineContext {
  const files = authorityFiles(store, context, record);
  const own = store.certificates;
  const named = (file: string, ours: string) => (file === ours ? undefined : file);
  const tls = {
    caCert: named(files.ca, own.ca),
    caKey: named(files.caKey, own.caKey),
    clientCert: named(files.cert, own.cert),
    clientKey: named(files.key, own.key),
  };
  return { ...context, tls };
}
