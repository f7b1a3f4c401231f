import assert from 'node:assert/strict';
import { AzdockError } from '../../src/errors/azdock-error.ts';
import type { Fault } from './faults.ts';
import type { Lane, LaneMachine, SeenRequest } from './lane.ts';
import { oneOfEverything, type Story } from './story.ts';

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
  /** Ids of what was there before the story, and is there at all, but for what others have. */
  readonly before: readonly string[];
  readonly there: readonly string[];
  /** The same once `rm` has run; what it said when it failed; what others have no more. */
  readonly left: readonly string[];
  readonly virtualMs: number;
}

/** Runs a story with a fault at some of its requests, then looks around and removes the machine. */
export async function strike(
  lane: Lane,
  { story, fault, requests }: { story: Story; fault: Fault; requests: readonly SeenRequest[] },
): Promise<Result> {
  const machine = await begin(lane, story);
  const startMs = lane.time.clock.now();
  const before = lane.leftOvers();
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
  const virtualMs = lane.time.clock.now() - startMs;
  const left = story.isLook === true && sameAs(before, there) ? keep(story, machine) : await remove(story, machine);
  return { error, struck, told: machine.told, unrecorded, before, there, left, virtualMs };
}

/** A machine before a story, and all that has to be there. */
export async function begin(lane: Lane, story: Story): Promise<LaneMachine> {
  const journal = await lane.stage(story.name);
  await lane.surround(story.surroundings ?? []);
  const values = story.values?.(lane.sandbox) ?? oneOfEverything;
  if (journal !== undefined) return lane.machine(values, { journal });
  const machine = lane.machine(values);
  await story.prepare(machine);
  return machine;
}

/** A machine that nothing has changed is there for the next case, and is removed after the last one. */
function keep(story: Story, machine: LaneMachine): readonly string[] {
  const { journal, lane } = machine;
  const end = async () => assert.deepEqual(await remove(story, machine), [], `nothing is left of ${story.name}`);
  lane.keep({ story: story.name, journal, end });
  return lane.harmed().map((id) => `of somebody else: ${id}`);
}

function sameAs(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}

/** As the next process would: with nothing of this one's but the journal. @returns what is not as it was */
export async function remove(story: Story, { lane, values, journal }: LaneMachine): Promise<readonly string[]> {
  const next = lane.machine(values, { journal });
  const failure = await (story.remove?.(next) ?? next.remove()).then(
    () => [],
    (error: unknown) => [`rm failed: ${error instanceof AzdockError ? error.message : String(error)}`],
  );
  const unforgotten = journal.entries.map(({ id }) => `still on record: ${id}`);
  const harmed = lane.harmed().map((id) => `of somebody else: ${id}`);
  const left = [...failure, ...unforgotten, ...lane.leftOvers(), ...harmed];
  // What a failed case has left shall not spoil the next one.
  if (left.length > 0) await lane.reset();
  return left;
}
