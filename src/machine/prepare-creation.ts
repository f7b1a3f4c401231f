import { randomUUID } from 'node:crypto';
import type { CertificateSet } from '../certs/bootstrap.ts';
import { Batch } from '../drivers/azure/batch.ts';
import { joinErrors } from '../errors/several-errors.ts';
import { UsageError } from '../errors/usage-error.ts';
import { checkProvisioning } from '../provision/check-provisioning.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import { namesInShort } from '../steps/names-in-short.ts';
import { requireNewName } from '../store/layout.ts';
import { openStore, type Store } from '../store/store.ts';
import { checkBootData } from './check-boot-data.ts';
import { checkHost } from './check-host.ts';
import { type ChosenProvisioner, chooseProvisioner } from './choose-provisioner.ts';
import type { CreateRequest } from './create-request.ts';
import { checkAuthority, ensureAuthority } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { type NewMachine, newMachine } from './new-machine.ts';
import type { Origin } from './origin.ts';
import { provisioningDraft } from './provisioning-draft.ts';
import { previewAuthority } from './preview-authority.ts';
import { RegionMemory } from './region-memory.ts';
import { existingMachine } from './resume/existing-machine.ts';

/** How long another azdock may take to give the store its id. */
const LOCK_DEADLINE_MS = 10_000;

/** A request whose machine has, or will have, a host. */
export type HostRequest = CreateRequest & { readonly origin: Exclude<Origin, { readonly driver: 'none' }> };

export function hasHost(request: CreateRequest): request is HostRequest {
  return request.origin.driver !== 'none';
}

/** A machine that has passed all checks. Nothing of it has been made. */
export interface PreparedMachine {
  readonly request: HostRequest;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  /** Value of the tag `azdock-store`; undefined where nothing is tagged, and in a dry run. */
  readonly storeId: string | undefined;
  readonly machine: NewMachine;
  readonly draft: Provisioning;
  /** Key that a host which is there has shown. */
  readonly hostKey: string | undefined;
}

/** What the machines of one command have in common. */
export interface Preparation {
  readonly startedMs: number;
  readonly store: Store;
  readonly machines: readonly PreparedMachine[];
  readonly chosen: ChosenProvisioner;
  readonly memory: RegionMemory;
  /** CA and client certificate, made when the first machine asks for them. @throws CertificateError, StoreError, LockedError */
  authority(): Promise<CertificateSet>;
}

/**
 * Checks everything that can be checked before machines are made, once for all of them where their names do not matter. When one of
 * them cannot be made, none is.
 *
 * @param requests that differ in their names; several come from driver azure
 * @param how.isDryRun nothing is written anywhere
 * @throws UsageError, MachineExistsError, PreCreateCheckError, LoginError, and several of them joined
 */
export async function prepareCreation(
  requests: readonly HostRequest[],
  context: MachineContext,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<Preparation> {
  const startedMs = context.clock.now();
  const store = openStore(context.storePath, context.clock);
  const names = requests.map(({ name }) => name);
  await requireNames(names, store, context);
  const batch = new Batch({ count: requests.length, isDryRun });
  const storeId = isDryRun ? undefined : await storeIdFor(requests, store, context);
  const machines = await Promise.all(
    requests.map(async (request) => {
      const id = randomUUID();
      const machine = await newMachine(request.origin, { name: request.name, id, storeId, store, context, batch });
      return { request, id, storeId, machine, draft: provisioningDraft(request, machine) };
    }),
  );
  const [first] = machines;
  if (first === undefined) throw new TypeError('there is no machine to prepare');
  const { machine, draft, request } = first;
  const { driver, provisioner: choice, region } = machine;
  checkProvisioning(draft);
  if (!isDryRun)
    context.progress.info(`Creating ${namesInShort(requests.map(({ name }) => name))}: ${await driver.describe()}`);
  const memory = new RegionMemory(context.storePath, Date.now);
  const { chosen, hostKey } = await context.progress.step('Checks', async (step) => {
    const warn = (message: string) => context.progress.warn(message);
    await allPass([
      ...machines.map((one) => one.machine.driver.check(warn)),
      isDryRun ? previewAuthority(store, context) : checkAuthority(store, context),
    ]).catch(async (error: unknown) => {
      // What stands in the way may be a machine of that name which another azdock has begun since.
      await requireNames(names, store, context);
      throw error;
    });
    const { signal } = context;
    const question = { choice, driver, provisioning: draft, region, memory, signal };
    return {
      hostKey: machine.host === undefined ? undefined : await checkHost(machine.host, { draft, context, step }),
      chosen: await chooseProvisioner({ ...question, commandWith: (flag) => `azdock create ${request.name} ${flag}` }),
    };
  });
  await checkBootData({ chosen: chosen.name, draft, userData: request.customData, disks: machine.dataDisks });
  if (!isDryRun && choice === 'auto' && 'because' in chosen && chosen.because.length > 0)
    context.progress.info(`DockerExtension is not used: ${chosen.because.join(' ')}`);
  let authority: Promise<CertificateSet> | undefined;
  return {
    startedMs,
    store,
    machines: machines.map((one) => ({ ...one, hostKey })),
    chosen,
    memory,
    authority() {
      authority ??= ensureAuthority(store, context);
      return authority;
    },
  };
}

/** @throws UsageError, MachineExistsError for each name under which no machine can be made */
export async function requireNames(names: readonly string[], store: Store, context: MachineContext): Promise<void> {
  for (const name of names) requireNewName(name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice.`, { resource: twice });
  const taken = await Promise.all(names.map((name) => store.exists(name)));
  const existing = names.filter((_name, index) => taken[index]);
  if (existing.length > 0)
    throw joinErrors(await Promise.all(existing.map((name) => existingMachine(name, store, context))));
}

/** What is made in a cloud carries the store's id. */
async function storeIdFor(
  [first]: readonly HostRequest[],
  store: Store,
  { signal }: MachineContext,
): Promise<string | undefined> {
  return first?.origin.driver === 'azure' ? store.ensureId({ deadlineMs: LOCK_DEADLINE_MS, signal }) : undefined;
}

/** Waits for all. What several stumble over is told once. */
async function allPass(checks: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(checks);
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw joinErrors([...new Set(failures)]);
}
