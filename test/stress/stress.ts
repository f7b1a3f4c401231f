import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import type { Json } from '../sandbox/raw-https.ts';
import { collect, World } from '../end-to-end/azdock.ts';
import { control } from '../sandbox/control-calls.ts';
import { filesBelow } from '../end-to-end/tree.ts';
import { WorldSandbox } from '../end-to-end/world-sandbox.ts';
import { type Deed, fateOf } from './history.ts';
import { type Operation, operations } from './operations.ts';
import { Random } from './random.ts';

export interface Stress {
  readonly seconds: number;
  /** Runs of azdock at every moment. */
  readonly processes: number;
  /** Names that they work on. Fewer than processes, so that they get in each other's way. */
  readonly machines: number;
  readonly seed: number;
  /** Share of the runs that are killed by SIGKILL after a random time, from 0 to 1. */
  readonly kills: number;
}

export interface StressResult {
  readonly deeds: readonly Deed[];
  /** What should not be: empty when all is well. */
  readonly faults: readonly string[];
  /** Machines that were there at the end, and were then removed. */
  readonly atTheEnd: number;
}

/** A single run of azdock that lasts longer hangs. Locks are waited for up to ten minutes, by those who give up at all. */
const STUCK_MS = 240_000;
/** Within which a run is killed, if it is. */
const KILL_WITHIN_MS = 3_000;

/** Runs azdock in many processes on one store, looks after the end whether all is as they said, and removes everything. */
export async function runStress(stress: Stress): Promise<StressResult> {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  try {
    const sandbox = await WorldSandbox.up(world);
    const deeds = await workers(stress, world);
    const faults = [...deeds.flatMap(wrongEnd), ...(await judgeStore(stress, world, sandbox, deeds))];
    const left = readdirSync(join(world.store, 'machines')).length;
    return { deeds, atTheEnd: left, faults: [...faults, ...(await removeAll(stress, world, sandbox))] };
  } finally {
    await world.destroy();
  }
}

async function workers(stress: Stress, world: World): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const endMs = performance.now() + stress.seconds * 1000;
  const choices = operations.map((operation) => [operation, operation.weight] as const);
  const work = async (worker: number) => {
    const random = new Random(stress.seed + worker * 7919);
    while (performance.now() < endMs) {
      const name = `m${Math.floor(random.next() * stress.machines)}`;
      const operation = random.pick(choices);
      const killAfterMs = random.next() < stress.kills ? random.next() * KILL_WITHIN_MS : undefined;
      deeds.push(await run({ operation, name, killAfterMs, world }));
    }
  };
  await Promise.all(Array.from({ length: stress.processes }, (_, worker) => work(worker)));
  return deeds;
}

interface Run {
  readonly operation: Operation;
  readonly name: string;
  readonly killAfterMs: number | undefined;
  readonly world: World;
}

async function run({ operation, name, killAfterMs, world }: Run): Promise<Deed> {
  const startMs = performance.now();
  const child = world.start([...operation.words(name), '--json']);
  const killing = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  let isStuck = false;
  const patience = setTimeout(() => {
    isStuck = true;
    child.kill('SIGKILL');
  }, STUCK_MS);
  const { outcome, message } = await endOf(child);
  clearTimeout(killing);
  clearTimeout(patience);
  return {
    verb: operation.verb,
    name,
    startMs,
    endMs: performance.now(),
    outcome: isStuck ? 'stuck' : outcome,
    message,
  };
}

async function endOf(child: ChildProcess): Promise<Pick<Deed, 'outcome' | 'message'>> {
  const { code, signal, stdout, stderr } = await collect(child);
  if (signal === 'SIGKILL') return { outcome: 'killed', message: '' };
  if (code === 0) return { outcome: 'ok', message: '' };
  try {
    const { error } = JSON.parse(stdout) as Json;
    return { outcome: error.code, message: [error.message, ...error.details].join(' ') };
  } catch {
    return { outcome: `exit ${code ?? signal}`, message: stderr };
  }
}

function wrongEnd({ verb, name, outcome, message }: Deed): string[] {
  const { mayFail = [] } = operations.find((operation) => operation.verb === verb) ?? {};
  const isRight = ['ok', 'killed', ...mayFail].includes(outcome) && !/\b5\d\d\b|\bbug\b/.test(message);
  return isRight ? [] : [`${verb} ${name}: ${outcome}: ${message}`];
}

/** Compares what is there with what those said who made and removed it. */
async function judgeStore(
  { machines, kills }: Stress,
  world: World,
  sandbox: WorldSandbox,
  deeds: readonly Deed[],
): Promise<string[]> {
  const faults: string[] = [];
  const found = readdirSync(join(world.store, 'machines')).filter((name) => !name.startsWith('.'));
  for (let at = 0; at < machines; at += 1) {
    const name = `m${at}`;
    const fate = fateOf(name, deeds);
    if (fate === 'there' && !found.includes(name)) faults.push(`the record of ${name} is lost`);
    if (fate === 'gone' && found.includes(name)) faults.push(`${name} was removed and is there`);
  }
  const locks = readdirSync(join(world.store, '.locks'));
  const temporary = (await filesBelow(world.store)).filter((file) => file.includes('/.') && file.includes('~'));
  if (kills === 0)
    for (const file of [...locks, ...temporary.map((path) => path.slice(world.store.length))])
      faults.push(`${file} was left behind`);
  const rows: Json[] = await world.json(['ls']);
  for (const { name, state, error } of rows) {
    if (state === 'Error') faults.push(`ls says of ${name}: ${error}`);
    const unfinished = /did not finish/.test(error ?? '');
    if (unfinished && kills === 0) faults.push(`ls says of ${name}: ${error}`);
    if (state !== 'Running' || unfinished) continue;
    const { code, stderr } = await world.run(['env', name]);
    if (code !== 0) faults.push(`${name} runs, and env fails: ${stderr}`);
  }
  const ca = readFileSync(join(world.store, 'certs', 'ca.pem'), 'utf8');
  for (const name of found.filter((one) => rows.some((row) => row.name === one && row.state === 'Running')))
    if (readFileSync(join(world.store, 'machines', name, 'ca.pem'), 'utf8') !== ca)
      faults.push(`${name} has another CA than the store`);
  return [...faults, ...(await orphans(world, sandbox, found))];
}

/** Resources that carry the id of no machine in the store. */
async function orphans(world: World, { discovery }: WorldSandbox, found: readonly string[]): Promise<string[]> {
  const ids = found.map(
    (name) => JSON.parse(readFileSync(join(world.store, 'machines', name, 'azdock.json'), 'utf8')).id,
  );
  const { body } = await control(discovery, 'GET', 'resources');
  return body
    .filter(({ tags }: Json) => tags?.['azdock-id'] !== undefined && !ids.includes(tags['azdock-id']))
    .map(({ id }: Json) => `${id} belongs to no machine`);
}

/** Removes all machines at once, and sees that nothing is left of anything. */
async function removeAll({ kills }: Stress, world: World, sandbox: WorldSandbox): Promise<string[]> {
  const names = readdirSync(join(world.store, 'machines')).filter((name) => !name.startsWith('.'));
  const { code, stderr } = names.length === 0 ? { code: 0, stderr: '' } : await world.run(['rm', '-y', ...names]);
  const faults = code === 0 ? [] : [`rm of all ends with ${code}: ${stderr}`];
  if (kills > 0) {
    // Whoever works in the store next clears away what the killed have left.
    await world.ok(['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'last']);
    await world.ok(['rm', '-y', 'last']);
  }
  const counts = Object.entries(await sandbox.counts()).map(([type, count]) => `${count} ${type} are left`);
  const machines = readdirSync(join(world.store, 'machines')).map((name) => `machines/${name} is left`);
  return [...faults, ...counts, ...machines];
}
