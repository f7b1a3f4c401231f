import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../sandbox/raw-https.ts';
import { collect, type Result, type World } from '../azdock.ts';
import { machineFolder } from '../engine.ts';
import { nextStepProblem, stepsInWords } from '../../docs/next-step-problem.ts';
import { until, type WorldSandbox } from '../world-sandbox.ts';

/** Where errors are provoked: machine `dev` on Azure, and `far`, an engine by its URL that is not there. */
export interface Ground {
  readonly world: World;
  readonly sandbox: WorldSandbox;
}

/** A command line that is about to fail. */
export interface FailingLine {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Sent once the request waits at a fault, which is then taken away. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly hold: string };
  /** Takes back what was done for it. */
  readonly tidy?: () => Promise<unknown>;
}

/** A way in which an error of the catalogue comes about. */
export interface ErrorCase {
  readonly code: string;
  readonly exitCode: number;
  readonly title: string;
  /** What the sentence says. */
  readonly says: RegExp;
  /** Why there is no run with `--json`. */
  readonly onlyInWords?: 'its verb has no --json' | 'JSON can carry it';
  /** The commands that are named, where which they are is not for the errors' own tests to say. */
  readonly next?: readonly string[];
  /** Brings the trouble about, before each run. */
  readonly provoke: (ground: Ground) => FailingLine | Promise<FailingLine>;
}

/** Runs the case in words and as JSON, and compares what is said with what the catalogue says. */
export async function checkCase(one: ErrorCase, ground: Ground): Promise<void> {
  const { exitCode, code, says } = one;
  const words = await run(one, ground, []);
  assert.deepEqual([words.code, words.stdout], [exitCode, ''], words.stderr);
  assert.doesNotMatch(words.stderr, /\n\s+at |node:internal|dist\//, 'no stack');
  const line = words.stderr.split('\n').find((text) => says.test(text));
  assert.ok(line !== undefined, words.stderr);
  if (code !== 'bug') assert.doesNotMatch(words.stderr, /bug in azdock/);
  const steps = stepsInWords(words.stderr);
  const problems = await Promise.all(steps.map(nextStepProblem));
  assert.deepEqual(problems.filter(Boolean), []);
  if (one.next !== undefined) assert.deepEqual(steps, one.next);
  if (one.onlyInWords !== undefined) return;

  const { code: jsonExit, stdout, stderr } = await run(one, ground, ['--json']);
  assert.match(stdout, /^\{/, stderr);
  const { error } = JSON.parse(stdout);
  assert.deepEqual([error.code, jsonExit], [code, exitCode], stdout);
  assert.deepEqual(Object.keys(error), ['code', 'message', 'resource', 'azure', 'nextSteps', 'details']);
  assert.match(error.message, says);
  if (!variable.test(line)) assert.equal(line, error.message.split('\n')[0]);
  assert.deepEqual(
    error.nextSteps.map(({ command }: Json) => command),
    steps,
  );
}

/** Times, numbers of processes and free ports differ from run to run. */
const variable = /process \d+|since 20|\d+ s\b/;

async function run({ provoke }: ErrorCase, ground: Ground, more: readonly string[]): Promise<Result> {
  const { args, env = {}, interrupt, tidy } = await provoke(ground);
  const child = ground.world.start([...args, ...more], { env });
  const end = collect(child);
  try {
    if (interrupt !== undefined) {
      const isHeld = async () => ((await ground.sandbox.fault(interrupt.hold))?.waiting ?? 0) > 0;
      await until(
        isHeld,
        end.then(({ stderr }) => assert.fail(stderr)),
      );
      child.kill(interrupt.signal);
    }
    return await end;
  } finally {
    if (interrupt !== undefined) await ground.sandbox.disarm(interrupt.hold);
    await tidy?.();
  }
}

/** Copies the files of `dev` for another machine, which Azure does not know. */
export function copyOfDev({ world }: Ground, name: string): string {
  const folder = machineFolder(world, name);
  cpSync(machineFolder(world, 'dev'), folder, { recursive: true });
  return folder;
}

/** Changes a file of a machine. */
export async function rewrite({ world }: Ground, machine: string, file: string, change: (text: string) => string) {
  writeFileSync(join(machineFolder(world, machine), file), change(await world.file(machine, file)), { mode: 0o600 });
}
