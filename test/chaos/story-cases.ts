import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { AzdockError } from '../../src/errors/azdock-error.ts';
import { isWanted } from './case-filter.ts';
import { type Result, strike } from './fault-case.ts';
import { declaredOutcome, type Outcome } from './fault-table.ts';
import { type Fault, lastingFaults, passingFaults } from './faults.ts';
import { Lane, type SeenRequest } from './lane.ts';
import { type Story, stories, values } from './stories.ts';

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

/** What the story asks of Azure when nothing goes wrong. */
async function observe(lane: Lane, story: Story): Promise<SeenRequest[]> {
  const machine = lane.machine(values);
  await story.prepare(machine);
  lane.forget();
  await story.act(machine);
  const seen = lane.seen();
  await machine.remove();
  assert.deepEqual(lane.leftOvers(), [], 'nothing is left when nothing went wrong');
  return seen;
}

/** Faults that pass are met at all requests in one run; what stays ends the command at the first. */
function jobsOf(fault: Fault, story: Story, all: readonly SeenRequest[]): Job[] {
  const requests = all.filter((one) => (fault.fits?.(one) ?? true) && isWanted(titleOf(story, fault, one)));
  if (requests.length === 0) return [];
  const isTogether = passingFaults.includes(fault) && fault.isAlone !== true;
  return (isTogether ? [requests] : requests.map((one) => [one])).map((some) => ({ story, fault, requests: some }));
}

async function work(lane: Lane, jobs: Job[], context: TestContext): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { story, fault, requests } = job;
    const result = await strike(lane, job);
    const isFine = problemsOf(result, 'done').length === 0;
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
  const outcome = declaredOutcome(fault.name, story.name, request);
  await context.test(`${titleOf(story, fault, request)}: ${outcome}`, () => {
    assert.ok(result.struck.has(request), 'the fault has struck');
    assert.deepEqual(problemsOf(result, outcome, story), []);
  });
}

/** Everything that is not as declared, or leaves something behind. */
function problemsOf(
  { error, told, unrecorded, there, left, virtualMs }: Result,
  outcome: Outcome,
  story?: Story,
): string[] {
  const problems = [...unrecorded.map((id) => `in no record: ${id}`), ...left.map((id) => `left by rm: ${id}`)];
  const ended = endOf(error, told);
  if (ended !== outcome) problems.push(`${ended}: ${words(error)}`);
  if (story?.name === 'rm' && outcome === 'done') problems.push(...there.map((id) => `there after rm: ${id}`));
  if (virtualMs > LONGEST_MINUTES * 60_000) problems.push(`took ${Math.round(virtualMs / 60_000)} minutes`);
  if (error instanceof AzdockError && story !== undefined) problems.push(...adviceProblems(error, story));
  return problems;
}

function endOf(error: unknown, told: readonly string[]): Outcome {
  if (error instanceof AzdockError) return `${error.code}, exit ${error.exitCode}`;
  if (error !== undefined) return 'bug, exit 1';
  return told.some((line) => line.includes('stays in Azure')) ? 'done, with a warning' : 'done';
}

/** Where the machine and what is done to it are known, next commands are added: machine/resume, machine/remove, machine/act-on-all. */
function adviceProblems({ nextSteps }: AzdockError, { name }: Story): string[] {
  const wrong = nextSteps
    .filter(({ command }) => !/^(azdock|az) /.test(command))
    .map(({ command }) => `no command: ${command}`);
  const isMissing = nextSteps.length === 0 && !['create', 'rm', 'provision', 'allow'].includes(name);
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
