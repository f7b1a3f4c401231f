import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { arm, control, type SandboxControl } from '../sandbox/control-calls.ts';
import { type Arm, type Json, openArm, type SandboxLogin } from '../sandbox/raw-https.ts';
import type { World } from './azdock.ts';

/** Pause between two looks at something that is about to happen, in milliseconds. */
const LOOK_MS = 25;

/** One request that the sandbox was sent. */
export interface JournalEntry {
  readonly n: number;
  readonly method: string;
  readonly url: string;
  /** Without query. */
  readonly path: string;
  readonly status: number;
  /** Of the long-running operation that the request started. */
  readonly operation: string | null;
  readonly requestBody: Json;
}

/** The sandbox of a world, by its control API and by ARM. */
export class WorldSandbox {
  readonly discovery: SandboxControl & SandboxLogin & Json;
  readonly azure: Arm;

  private constructor(discovery: SandboxControl & SandboxLogin, azure: Arm) {
    this.discovery = discovery;
    this.azure = azure;
  }

  /** Starts the world's sandbox, with more flags of `azdock sandbox up` when given. */
  static async up(world: World, flags: readonly string[] = []): Promise<WorldSandbox> {
    await world.ok(['sandbox', 'up', ...flags]);
    const found = JSON.parse(await readFile(join(world.sandboxDirectory, 'sandbox.json'), 'utf8'));
    const discovery = { ...found, ca: await readFile(found.caFile, 'utf8') };
    return new WorldSandbox(discovery, await openArm(discovery));
  }

  arm(fault: Json): Promise<string> {
    return arm(this.discovery, fault);
  }

  /** What became of an armed fault; undefined when it is not armed any more. */
  async fault(id: string): Promise<{ readonly struck: number; readonly waiting: number } | undefined> {
    const { body } = await control(this.discovery, 'GET', 'faults');
    return body.find((fault: Json) => fault.id === id);
  }

  async disarm(id: string): Promise<void> {
    await control(this.discovery, 'DELETE', `faults/${id}`);
  }

  /** Requests after number `since`, logins left out. */
  async journal(since = 0): Promise<JournalEntry[]> {
    const { body } = await control(this.discovery, 'GET', `journal?since=${since}`);
    const entries = body.entries.map((entry: Json) => ({ ...entry, path: entry.url.split('?')[0] }));
    return entries.filter(({ path }: JournalEntry) => path.startsWith('/subscriptions/'));
  }

  /** Number of the last request. */
  async lastEntry(): Promise<number> {
    const { body } = await control(this.discovery, 'GET', 'journal?since=999999999');
    return body.next;
  }

  async operations(): Promise<readonly { readonly target: string; readonly status: string }[]> {
    return (await control(this.discovery, 'GET', 'operations')).body;
  }

  /** Ids of all resources in a group, and of the machines that have a guest there. */
  async resourcesIn(group: string): Promise<string[]> {
    const isIn = ({ id }: { id: string }) => id.toLowerCase().includes(`/resourcegroups/${group.toLowerCase()}/`);
    const [resources, status] = await Promise.all([
      control(this.discovery, 'GET', 'resources'),
      control(this.discovery, 'GET', 'status'),
    ]);
    const guests = status.body.machines.filter(isIn).map(({ id }: Json) => `guest of ${id}`);
    return [...resources.body.filter(isIn).map(({ id }: Json) => id), ...guests];
  }

  async hasGroup(group: string): Promise<boolean> {
    return (await this.azure('GET', `/resourcegroups/${group}`)).status === 200;
  }

  /** Number of resources by type, groups among them; types without any are left out. */
  async counts(): Promise<Record<string, number>> {
    const { body } = await control(this.discovery, 'GET', 'status');
    const counts = Object.entries<number>(body.resources).filter(([, count]) => count > 0);
    return Object.fromEntries(counts);
  }
}

/** Looks again and again until `look` finds something. `instead` ends the wait with its rejection. */
export async function until<T>(look: () => Promise<T | undefined | false>, instead?: Promise<never>): Promise<T> {
  for (;;) {
    const found = await (instead === undefined ? look() : Promise.race([look(), instead]));
    if (found !== undefined && found !== false) return found;
    await pause(LOOK_MS);
  }
}
