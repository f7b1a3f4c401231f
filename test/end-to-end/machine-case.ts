import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions, World } from './azdock.ts';
import { type CaseNames, type CloudCall, callsAmong, changes, pathFor } from './cloud-calls.ts';
import type { Victim } from './kill-moments.ts';
import type { WorldSandbox } from './world-sandbox.ts';

/** A way to make a machine. */
export interface Variant {
  readonly title: string;
  readonly flags: readonly string[];
  /** DockerExtension fails, so that CustomScript takes over. */
  readonly extensionFails?: boolean;
}

/** What a machine of a variant asks of Azure, seen in a run that nobody disturbs. */
export interface Seen {
  readonly variant: Variant;
  readonly creating: readonly CloudCall[];
  readonly removing: readonly CloudCall[];
}

export interface Place {
  readonly world: World;
  readonly sandbox: WorldSandbox;
}

/** One machine with everything of its own, so that cases can run side by side. */
export class MachineCase {
  readonly names: CaseNames;
  readonly #variant: Variant;
  readonly #world: World;
  readonly #sandbox: WorldSandbox;

  constructor(variant: Variant, { world, sandbox }: Place) {
    const id = randomBytes(4).toString('hex');
    this.names = { machine: `m${id}`, group: `g${id}` };
    this.#variant = variant;
    this.#world = world;
    this.#sandbox = sandbox;
  }

  get directory(): string {
    return join(this.#store, 'machines', this.names.machine);
  }

  get #store(): string {
    // A region in which the extension failed is remembered in the store.
    const { machine } = this.names;
    return this.#variant.extensionFails ? join(this.#world.directory, 'stores', machine) : this.#world.store;
  }

  get #options(): RunOptions {
    return { env: { MACHINE_STORAGE_PATH: this.#store } };
  }

  get #createArguments(): string[] {
    return ['create', '--azure-resource-group', this.names.group, ...this.#variant.flags, this.names.machine];
  }

  async prepare(): Promise<void> {
    if (!this.#variant.extensionFails) return;
    const extension = { method: 'PUT', path: `/virtualMachines/${this.names.machine}/extensions/DockerExtension$` };
    const action = { operation: 'fail', code: 'VMExtensionProvisioningError', message: 'Enable failed.' };
    await this.#sandbox.arm({ ...extension, when: 'operation', times: 0, action });
  }

  async create(): Promise<void> {
    await this.#world.ok(this.#createArguments, this.#options);
  }

  /** Goes on with the creation, from the record alone where there is one. */
  async resume(): Promise<void> {
    const isRecorded = existsSync(this.directory);
    const before = isRecorded ? await this.#sidecar() : undefined;
    const args = isRecorded ? ['create', this.names.machine] : this.#createArguments;
    await this.#world.ok([...args, '--resume'], this.#options);
    const { id, phase } = await this.#sidecar();
    assert.equal(phase, 'ready');
    if (before !== undefined) assert.equal(id, before.id);
    const status = await this.#world.ok(['status', this.names.machine], this.#options);
    assert.equal(status, 'Running\n');
  }

  async #sidecar(): Promise<{ readonly id: string; readonly phase: string }> {
    return JSON.parse(await readFile(join(this.directory, 'azdock.json'), 'utf8'));
  }

  async remove(): Promise<void> {
    await this.#world.ok(['rm', '-y', this.names.machine], this.#options);
  }

  /** A command that is to be killed at a call. With `sandboxDirectory` of a relay, its requests survive it. */
  victim(verb: 'create' | 'rm', call: CloudCall, sandboxDirectory?: string): Victim {
    const args = verb === 'create' ? this.#createArguments : ['rm', '-y', this.names.machine];
    const relayed = sandboxDirectory === undefined ? {} : { AZDOCK_SANDBOX_DIR: sandboxDirectory };
    const start = () => this.#world.start(args, { env: { ...this.#options.env, ...relayed } });
    return { sandbox: this.#sandbox, call, names: this.names, start };
  }

  /** Removal succeeds, and neither Azure nor the store holds anything of the machine. */
  async assertRemovable(keeps: { readonly group?: boolean } = {}): Promise<void> {
    await this.remove();
    await this.assertGone(keeps);
  }

  async assertGone({ group: keepsGroup = false }: { readonly group?: boolean } = {}): Promise<void> {
    const { machine, group } = this.names;
    assert.deepEqual(await this.#sandbox.resourcesIn(group), []);
    assert.equal(await this.#sandbox.hasGroup(group), keepsGroup, `resource group ${keepsGroup ? 'stays' : 'is gone'}`);
    assert.deepEqual(await namesLike(machine, join(this.#store, 'machines')), []);
    assert.deepEqual(await namesLike(machine, join(this.#store, '.locks')), []);
  }

  /** The id of the resource that a call is about was on disk before the call was made. */
  async assertWrittenDown(call: CloudCall): Promise<void> {
    const { journal } = JSON.parse(await readFile(join(this.directory, 'azdock.json'), 'utf8'));
    const path = pathFor(call, this.names).toLowerCase();
    const ids: string[] = journal.map(({ id }: { id: string }) => id.toLowerCase());
    assert.ok(
      ids.some((id) => id.endsWith(path)),
      `${path} is in the journal: ${ids.join(' ')}`,
    );
  }

  /** Makes and removes the machine, and tells what that takes. Nothing else may go on meanwhile. */
  async observe(): Promise<Seen> {
    const start = await this.#sandbox.lastEntry();
    await this.prepare();
    await this.create();
    const created = await this.#sandbox.journal(start);
    const middle = await this.#sandbox.lastEntry();
    await this.remove();
    const removed = await this.#sandbox.journal(middle);
    const untagged = created.filter(({ method, requestBody }) => method === 'PUT' && !isTagged(requestBody));
    assert.deepEqual(untagged.map(said), [], 'every resource is tagged by the request that makes it');
    const aimless = [...created, ...removed].filter((one) => changes(one) && !callsAmong([one], this.names)[0]);
    assert.deepEqual(aimless.map(said), [], 'every change names machine or group, so that it can be aimed at');
    const [creating, removing] = [created, removed].map((entries) => callsAmong(entries, this.names));
    return { variant: this.#variant, creating: creating ?? [], removing: removing ?? [] };
  }
}

function isTagged({ tags }: { tags?: Record<string, string> }): boolean {
  return tags?.['azdock-id'] !== undefined || tags?.['azdock-shared'] !== undefined;
}

function said({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

async function namesLike(machine: string, directory: string): Promise<string[]> {
  const found = await readdir(directory).catch(() => []);
  return found.filter((name) => name.includes(machine));
}
