import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { AzdockError } from '../../src/errors/azdock-error.ts';
import { isWanted } from './case-filter.ts';
import { begin, type Result, remove, strike } from './fault-case.ts';
import { declaredOutcome, type Outcome } from './fault-table.ts';
import { type Fault, lastingFaults, passingFaults } from './faults.ts';
import { Lane, type SeenRequest } from './lane.ts';
import { stories } from './stories.ts';
import type { Story } from './story.ts';

/** Sandboxes in which cases go on side by side: some of them wait for real. */
const LANES = 3;
/** Nothing that a fault leads to lasts longer, in minutes. */
const LONGEST_MINUTES = 100;

/** Tests the fault table for some of the stories: each of their requests crossed with each fault. */
export function testFaults(names: readonly string[]): void {
  const lanes: Lane[] = [];
  before(async () => {
    for (let n = 0; n < LANES; n += 1) lanes.push(await Lane.open());
  });
  after(() => Promise.all(lanes.map((lane) => lane.close())));

  for (const name of names) {
    test(name, async (context) => {
      const story = stories.find((one) => one.name === name) ?? assert.fail(`there is no story ${name}`);
      const requests = await observe(lanes[0] ?? assert.fail('no lane'), story);
      const jobs = [...passingFaults, ...lastingFaults].flatMap((fault) => jobsOf(fault, story, requests));
      await Promise.all(lanes.map((lane) => work(lane, jobs, context)));
    });
  }
}

/** Requests of a story that are struck in the same run. */
interface Job {
  readonly story: Story;
  readonly fault: Fault;
  readonly requests: readonly SeenRequest[];
}

/** What the story asks of Azure when nothing goes wrong, as far as faults are to strike it. */
export async function observe(lane: Lane, story: Story): Promise<SeenRequest[]> {
  const machine = await begin(lane, story);
  lane.forget();
  await story.act(machine);
  const seen = lane.seen();
  assert.equal(endOf(undefined, machine.told), 'done', machine.told.join('\n'));
  assert.deepEqual(await remove(story, machine), [], 'nothing is left when nothing went wrong');
  const { about = /./ } = story;
  const struck = seen.filter(({ method, path }) => about.test(`${method} ${path}`));
  assert.notDeepEqual(struck, [], 'it makes the requests that it is about');
  return struck;
}

/** Faults that pass are met at all requests in one run; what stays ends the command at the first. */
function jobsOf(fault: Fault, story: Story, all: readonly SeenRequest[]): Job[] {
  const requests = all.filter(
    (one, index) => (fault.fits?.(one) ?? true) && isInTurn(fault, index) && isWanted(titleOf(story, fault, one)),
  );
  if (requests.length === 0) return [];
  const isTogether = passingFaults.includes(fault) && fault.isAlone !== true;
  return (isTogether ? [requests] : requests.map((one) => [one])).map((some) => ({ story, fault, requests: some }));
}

function isInTurn({ turn }: Fault, index: number): boolean {
  const today = Math.floor(Date.now() / 86_400_000);
  return turn === undefined || process.env['AZDOCK_TEST_ALL'] !== undefined || (index + today + turn) % 2 === 0;
}

async function work(lane: Lane, jobs: Job[], context: TestContext): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { story, fault, requests } = job;
    const result = await strike(lane, job);
    const isFine = problemsOf(result, ['done'], story).length === 0;
    // Where one of several made trouble, or was not reached because of another, each is tried by itself.
    const [settled, open] = split(requests, (one) => requests.length === 1 || (isFine && result.struck.has(one)));
    for (const request of settled) await report(context, job, request, result);
    jobs.unshift(...open.map((request) => ({ story, fault, requests: [request] })));
  }
}

async function report(
  context: TestContext,
  { story, fault }: Job,
  request: SeenRequest,
  result: Result,
): Promise<void> {
  const outcomes = declaredOutcome(fault.name, story.like ?? story.name, request);
  await context.test(`${titleOf(story, fault, request)}: ${outcomes.join(' or ')}`, () => {
    assert.ok(result.struck.has(request), 'the fault has struck');
    assert.deepEqual(problemsOf(result, outcomes, story), []);
  });
}

/** Everything that is not as declared, or leaves something behind. */
function problemsOf(
  { error, told, unrecorded, before, there, left, virtualMs }: Result,
  outcomes: readonly Outcome[],
  story: Story,
): string[] {
  const problems = left.map((id) => `left by rm: ${id}`);
  if (story.isAboutOthers !== true) problems.push(...unrecorded.map((id) => `in no record: ${id}`));
  const ended = endOf(error, told);
  if (!outcomes.includes(ended)) problems.push(`${ended}: ${words(error)}`);
  if (isRemoval(story) && ended === 'done') problems.push(...there.map((id) => `there after it: ${id}`));
  // Whoever could not look has touched nothing.
  if (story.isLook === true || (story.name === 'prune' && !/^(done|partial)/.test(ended)))
    problems.push(...difference(before, there));
  if (virtualMs > LONGEST_MINUTES * 60_000) problems.push(`took ${Math.round(virtualMs / 60_000)} minutes`);
  if (error instanceof AzdockError) problems.push(...adviceProblems(error, story));
  return problems;
}

function isRemoval({ name, like = name }: Story): boolean {
  return like === 'rm' || like === 'prune';
}

function difference(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((id) => !after.includes(id)).map((id) => `gone: ${id}`),
    ...after.filter((id) => !before.includes(id)).map((id) => `new: ${id}`),
  ];
}

function endOf(error: unknown, told: readonly string[]): Outcome {
  if (error instanceof AzdockError) return `${error.code}, exit ${error.exitCode}`;
  if (error !== undefined) return 'bug, exit 1';
  if (told.some((line) => line.startsWith('finding about '))) return 'done, with a finding';
  return told.some((line) => line.includes('stays in Azure')) ? 'done, with a warning' : 'done';
}

const WITHOUT_ADVICE = ['create', 'preview', 'images', 'rm', 'provision', 'allow', 'adopt', 'attach'];

/** Where the machine and what is done to it are known, next commands are added: machine/resume, machine/remove, machine/act-on-all. */
function adviceProblems({ nextSteps }: AzdockError, { name, like = name }: Story): string[] {
  const wrong = nextSteps
    .filter(({ command }) => !/^(azdock|az) /.test(command))
    .map(({ command }) => `no command: ${command}`);
  const isMissing = nextSteps.length === 0 && !WITHOUT_ADVICE.includes(like);
  return [...wrong, ...(isMissing ? ['no next command'] : [])];
}

function words(error: unknown): string {
  return error instanceof AzdockError ? error.message : error instanceof Error ? String(error.stack) : String(error);
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

function titleOf({ name }: Story, fault: Fault, { method, path }: SeenRequest): string {
  const short = path
    .replace(/^\/subscriptions\/\{subscription\}/, '')
    .replace(/^\/resourcegroups\/[^/]+\/providers\//i, '')
    .replace(/^\/providers\//, '')
    .replace(/^\//, '');
  return `${name}, ${fault.name}, ${method} ${short}`;
}
