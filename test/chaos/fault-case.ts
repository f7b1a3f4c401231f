import { AzdockError } from '../../src/errors/azdock-error.ts';
import type { Fault } from './faults.ts';
import type { Lane, LaneMachine, SeenRequest } from './lane.ts';
import { type Story, values } from './stories.ts';

/** What became of a story under a fault. */
export interface Result {
  /** Undefined when all was done. */
  readonly error: unknown;
  /** Requests that the fault has struck. */
  readonly struck: ReadonlySet<SeenRequest>;
  /** What the user was told meanwhile. */
  readonly told: readonly string[];
  /** Ids of what is there and in no record, once the story has ended. */
  readonly unrecorded: readonly string[];
  /** Ids of what is there at all. */
  readonly there: readonly string[];
  /** The same once `rm` has run; what it said when it failed. */
  readonly left: readonly string[];
  readonly virtualMs: number;
}

/** Runs a story with a fault at some of its requests, then looks around and removes the machine. */
export async function strike(
  lane: Lane,
  { story, fault, requests }: { story: Story; fault: Fault; requests: readonly SeenRequest[] },
): Promise<Result> {
  const machine = lane.machine(values);
  const startMs = lane.time.clock.now();
  await story.prepare(machine);
  const armed = requests.map((request) => ({ request, count: lane.arm(fault, request) }));
  const error = await story.act(machine).then(
    () => undefined,
    (failure: unknown) => failure ?? new TypeError('nothing was thrown'),
  );
  const struck = new Set(armed.filter(({ count }) => count() > 0).map(({ request }) => request));
  lane.disarm();
  const recorded = new Set(machine.journal.entries.map(({ id }) => id.toLowerCase()));
  const there = lane.leftOvers();
  const unrecorded = there.filter((id) => !recorded.has(id.toLowerCase()));
  const left = await remove(lane, machine);
  return { error, struck, told: machine.told, unrecorded, there, left, virtualMs: lane.time.clock.now() - startMs };
}

/** As the next process would: with nothing of this one's but the journal. */
async function remove(lane: Lane, { journal }: LaneMachine): Promise<readonly string[]> {
  const failure = await lane
    .machine(values, journal)
    .remove()
    .then(
      () => [],
      (error: unknown) => [`rm failed: ${error instanceof AzdockError ? error.message : String(error)}`],
    );
  const unforgotten = journal.entries.map(({ id }) => `still on record: ${id}`);
  const left = [...failure, ...unforgotten, ...lane.leftOvers()];
  // What a failed case has left shall not spoil the next one.
  if (left.length > 0) await lane.reset();
  return left;
}
