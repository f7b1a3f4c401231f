import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { AzureOptionValues } from '../../src/drivers/azure/resolve-options.ts';
import { isOperationAction } from '../../src/sandbox/faults/fault.ts';
import { Pace } from '../../src/wait/pace.ts';
import type { MemoryJournal } from '../drivers/azure/memory-journal.ts';
import { leftOvers, sandboxMachine } from '../drivers/azure/sandbox-machine.ts';
import { control } from '../sandbox/control-calls.ts';
import { FakeGuests } from '../sandbox/fake-guests.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import type { Fault } from './faults.ts';
import { VirtualTime } from './virtual-time.ts';

/** Share of Azure's recorded latencies at which operations last a few polls. */
const LATENCY_FACTOR = 0.1;

/** A request that azdock was seen to make, for a fault to strike it again. */
export interface SeenRequest {
  readonly method: string;
  /** Without query, with `{operation}` where Azure names an operation, and without the subscription's id. */
  readonly path: string;
  readonly startsOperation: boolean;
}

/** A machine on a lane's sandbox, and what its user was told. */
export type LaneMachine = ReturnType<Lane['machine']>;

/** A sandbox with a time of its own, in which cases come one after the other. */
export class Lane {
  readonly time: VirtualTime;
  readonly #sandbox: TestSandbox;

  private constructor(sandbox: TestSandbox, time: VirtualTime) {
    this.#sandbox = sandbox;
    this.time = time;
  }

  static async open(): Promise<Lane> {
    const time = new VirtualTime();
    const settings = { latency: { profile: 'recorded', factor: LATENCY_FACTOR } } as const;
    return new Lane(await startTestSandbox({ settings, clock: time.sandboxClock, guests: new FakeGuests() }), time);
  }

  /** A machine as a process of its own would handle it: its own login, its own memory of the rate limits. */
  machine(values: AzureOptionValues, journal?: MemoryJournal) {
    const { clock } = this.time;
    const told: string[] = [];
    const httpClient = this.time.watch(createDefaultHttpClient());
    const shared = { clock, pace: new Pace(clock) };
    const tell = (line: string) => told.push(line);
    const more = journal === undefined ? {} : { journal };
    return { ...sandboxMachine(this.#sandbox, { values, httpClient, shared, tell, ...more }), told };
  }

  /** Lets a fault strike a request, or the operation that it starts. @returns how often it has, so far */
  arm({ action, times = 1 }: Fault, { method, path }: SeenRequest): () => number {
    const { faults, identity } = this.#sandbox.server.world;
    const { subscriptionId, tenantId } = identity;
    const known = path.replace('{subscription}', subscriptionId).replace('{tenant}', tenantId);
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

  /** Forgets what was asked for so far. */
  forget(): void {
    this.#sandbox.server.world.journal.empty();
  }

  /** The different requests since then, in their order. */
  seen(): SeenRequest[] {
    const { identity, journal } = this.#sandbox.server.world;
    const requests = new Map<string, SeenRequest>();
    for (const entry of journal.read(0).entries) {
      const { method, url, startsOperation } = parseEntry(entry);
      const path = (url.split('?')[0] ?? '')
        .replace(identity.subscriptionId, '{subscription}')
        .replace(identity.tenantId, '{tenant}')
        .replace(/\/(operations|operationresults|operationstatuses|diskoperations)\/[^/]+$/i, '/$1/{operation}');
      const known = requests.get(`${method} ${path}`);
      requests.set(`${method} ${path}`, {
        method,
        path,
        startsOperation: startsOperation || known?.startsOperation === true,
      });
    }
    return [...requests.values()];
  }

  /** Ids of all that is there. */
  leftOvers(): string[] {
    return leftOvers(this.#sandbox);
  }

  async reset(): Promise<void> {
    await control(this.#sandbox, 'POST', 'reset');
  }

  close(): Promise<void> {
    return this.#sandbox.stop();
  }
}

function parseEntry(entry: unknown): { method: string; url: string; startsOperation: boolean } {
  const { method, url, operation } = Object(entry);
  return { method: String(method), url: String(url), startsOperation: operation !== null };
}
