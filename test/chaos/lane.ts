import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { AzureOptionValues } from '../../src/drivers/azure/resolve-options.ts';
import { isOperationAction } from '../../src/sandbox/faults/fault.ts';
import { Pace } from '../../src/wait/pace.ts';
import type { MemoryJournal } from '../drivers/azure/memory-journal.ts';
import { leftOvers, type SandboxMachineOptions, sandboxMachine } from '../drivers/azure/sandbox-machine.ts';
import { control } from '../sandbox/control-calls.ts';
import { FakeGuests } from '../sandbox/fake-guests.ts';
import { type Arm, openArm } from '../sandbox/raw-https.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import type { Fault } from './faults.ts';
import { VirtualTime } from './virtual-time.ts';

/** Share of Azure's recorded latencies at which operations last a few polls. */
const LATENCY_FACTOR = 0.1;

/** A file system in memory, where there is one: the sandbox writes its state down after each change. */
const MEMORY = '/dev/shm';

/** A request that azdock was seen to make, for a fault to strike it again. */
export interface SeenRequest {
  readonly method: string;
  /** Without query, with `{operation}` where Azure names an operation, and without the subscription's id. */
  readonly path: string;
  readonly startsOperation: boolean;
  readonly apiVersion: string;
  /** It came without a login. */
  readonly isOpen: boolean;
}

/** What other people have in the subscription. */
export interface Surroundings {
  readonly name: string;
  make(azure: Arm, lane: Lane): Promise<void>;
}

interface Stage {
  /** Name of the story. */
  readonly story: string;
  readonly journal: MemoryJournal;
  /** @throws when anything is left */
  end(): Promise<void>;
}

type MachineMore = Pick<SandboxMachineOptions, 'journal' | 'name' | 'storeId'>;

/** A machine on a lane's sandbox, and what its user was told. */
export type LaneMachine = ReturnType<Lane['machine']>;

/** A sandbox with a time of its own, in which cases come one after the other. */
export class Lane {
  readonly time: VirtualTime;
  readonly #sandbox: TestSandbox;
  readonly #client: HttpClient;
  /** Names of the surroundings that are there, and what belongs to them: tags by id. */
  readonly #surroundings = new Set<string>();
  /** What was prepared for cases that change nothing, and ends it. */
  #stage: Stage | undefined;
  readonly #ofOthers = new Map<string, string>();

  private constructor(sandbox: TestSandbox, time: VirtualTime) {
    this.#sandbox = sandbox;
    this.time = time;
    this.#client = trusting(sandbox.ca, time.watch(createDefaultHttpClient()));
  }

  static async open(): Promise<Lane> {
    const time = new VirtualTime();
    const settings = { latency: { profile: 'recorded', factor: LATENCY_FACTOR } } as const;
    const directory = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'azdock-chaos-'));
    const options = { settings, clock: time.sandboxClock, guests: new FakeGuests(), directory };
    return new Lane(await startTestSandbox(options), time);
  }

  /** A machine as a process of its own would handle it: its own login, its own memory of the rate limits. */
  machine(values: AzureOptionValues, more: MachineMore = {}) {
    const { clock } = this.time;
    const told: string[] = [];
    const httpClient = this.#client;
    const shared = { clock, pace: new Pace(clock) };
    const tell = (line: string) => told.push(line);
    const machine = sandboxMachine(this.#sandbox, { values, httpClient, shared, tell, ...more });
    return { ...machine, values, told, lane: this };
  }

  get sandbox(): TestSandbox {
    return this.#sandbox;
  }

  /** Makes what others have in the subscription, unless it is there. From then on it has to stay as it is. */
  async surround(all: readonly Surroundings[]): Promise<void> {
    for (const { name, make } of all) {
      if (this.#surroundings.has(name)) continue;
      await make(await openArm(this.#sandbox), this);
      for (const { id, tags } of this.#all()) this.#ofOthers.set(id, JSON.stringify(tags));
      this.#surroundings.add(name);
    }
  }

  /** The machine that an earlier case of the same story has found and left as it was; that of another story is removed. */
  async stage(story: string): Promise<MemoryJournal | undefined> {
    if (this.#stage?.story === story) return this.#stage.journal;
    const before = this.#stage;
    this.#stage = undefined;
    await before?.end();
    return undefined;
  }

  /** Keeps a machine for the next case. */
  keep(stage: Stage): void {
    this.#stage = stage;
  }

  /** What others had, and is gone or has got other tags. */
  harmed(): string[] {
    const now = new Map(this.#all().map(({ id, tags }) => [id, JSON.stringify(tags)]));
    return [...this.#ofOthers].flatMap(([id, tags]) =>
      now.get(id) === tags ? [] : [`${id}: ${now.get(id) ?? 'gone'}`],
    );
  }

  /** Lets a fault strike a request, or the operation that it starts. @returns how often it has, so far */
  arm({ action, times = 1 }: Fault, { method, path }: SeenRequest): () => number {
    const { faults } = this.#sandbox.server.world;
    const known = this.#names().reduce((text, [word, name]) => text.replace(word, name), path);
    const pattern = new RegExp(`^${known.replaceAll('.', '\\.').replaceAll('{operation}', '[^/]+')}$`, 'i');
    const what = action();
    if ('hang' in what) this.time.isSilent = true;
    const when = isOperationAction(what) ? 'operation' : 'request';
    const id = faults.arm({ method, path: pattern, times, after: undefined, when, action: what });
    return () => Number(faults.list().find((one) => one['id'] === id)?.['struck'] ?? 0);
  }

  disarm(): void {
    this.time.isSilent = false;
    this.#sandbox.server.world.faults.disarm();
  }

  /** Words in paths for what is called otherwise in each sandbox. */
  #names(): (readonly [string, string])[] {
    const { identity, state } = this.#sandbox.server.world;
    const { subscriptionId, tenantId } = identity;
    const open = state.galleries.list(({ publicName }) => publicName !== undefined);
    return [
      ['{subscription}', subscriptionId],
      ['{SUBSCRIPTION}', subscriptionId.toUpperCase()],
      ['{tenant}', tenantId],
      ...open.map(({ publicName = '' }) => ['{gallery}', publicName] as const),
    ];
  }

  /** Forgets what was asked for so far. */
  forget(): void {
    this.#sandbox.server.world.journal.empty();
  }

  /** The different requests since then, in their order. */
  seen(): SeenRequest[] {
    const { journal } = this.#sandbox.server.world;
    const requests = new Map<string, SeenRequest>();
    for (const entry of journal.read(0).entries) {
      const { method, url, startsOperation, apiVersion, isOpen } = parseEntry(entry);
      const path = this.#names()
        .reduce((text, [word, name]) => text.replace(name, word), url.split('?')[0] ?? '')
        .replace(/\/(operations|operationresults|operationstatuses|diskoperations)\/[^/]+$/i, '/$1/{operation}');
      const known = requests.get(`${method} ${path}`);
      requests.set(`${method} ${path}`, {
        method,
        path,
        startsOperation: startsOperation || known?.startsOperation === true,
        apiVersion,
        isOpen,
      });
    }
    return [...requests.values()];
  }

  /** What Azure works on without end, ends, and has done nothing. */
  endWhatHangs(): void {
    const { operations, state } = this.#sandbox.server.world;
    for (const one of operations.list()) if (one.hangs) operations.preempt(one, 'the end of a case');
    for (const group of state.groups) group.state = 'Succeeded';
  }

  /** Ids of all that is there, but for what others have. */
  leftOvers(): string[] {
    return leftOvers(this.#sandbox).filter((id) => !this.#ofOthers.has(id));
  }

  #all(): { readonly id: string; readonly tags: unknown }[] {
    const { state } = this.#sandbox.server.world;
    return [...state.groups, ...state.resources()];
  }

  async reset(): Promise<void> {
    await control(this.#sandbox, 'POST', 'reset');
    this.#surroundings.clear();
    this.#ofOthers.clear();
    this.#stage = undefined;
  }

  async close(): Promise<void> {
    await this.stage('the end');
    await this.#sandbox.stop();
    await rm(this.#sandbox.directory, { recursive: true });
  }
}

/**
 * Keeps connections from case to case: most of the time would go into making them. The CA is known as with `NODE_EXTRA_CA_CERTS`, so that
 * what is asked before anybody knows of a sandbox gets there, too.
 */
function trusting(ca: string, client: HttpClient): HttpClient {
  const tlsSettings = { ca };
  return {
    sendRequest(request) {
      request.tlsSettings = tlsSettings;
      return client.sendRequest(request);
    },
  };
}

function parseEntry(entry: unknown): {
  readonly method: string;
  readonly url: string;
  readonly startsOperation: boolean;
  readonly apiVersion: string;
  readonly isOpen: boolean;
} {
  const { method, url, operation, apiVersion, requestHeaders } = Object(entry);
  return {
    method: String(method),
    url: String(url),
    startsOperation: operation !== null,
    apiVersion: String(apiVersion ?? ''),
    isOpen: Object(requestHeaders).authorization === undefined,
  };
}
