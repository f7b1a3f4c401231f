import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { collect } from './azdock.ts';
import { type CaseNames, type CloudCall, pathFor, patternFor } from './cloud-calls.ts';
import { until, type WorldSandbox } from './world-sandbox.ts';

/** When a process is killed, seen from one of its requests. */
export type Moment = 'before' | 'on its way' | 'while Azure works, without end' | 'while Azure works' | 'after';

/** The moments at which a call can be met. To a DELETE it is the same whether its sender dies on its way or after it. */
export function momentsOf({ method, startsOperation }: CloudCall): Moment[] {
  if (method === 'GET') return ['before'];
  const onItsWay = method === 'DELETE' ? [] : (['on its way'] as const);
  return ['before', ...onItsWay, ...(startsOperation ? (['while Azure works, without end'] as const) : []), 'after'];
}

/** A process to be killed at one call. */
export interface Victim {
  readonly sandbox: WorldSandbox;
  readonly call: CloudCall;
  readonly names: CaseNames;
  /** Starts it once the trap is set. */
  start(): ChildProcess;
}

/**
 * Runs a process up to one of its calls and kills it there by SIGKILL.
 * @param atCall looks around while the call is held back, before Azure has heard of it
 */
export async function killAt(moment: Moment, victim: Victim, atCall?: () => Promise<void>): Promise<void> {
  switch (moment) {
    case 'before': {
      const held = await hold(victim, true);
      await atCall?.();
      await held.kill();
      // Only when Azure has noticed: the call is not to be let through.
      await until(async () => (await held.waiting()) === 0);
      return held.release();
    }
    case 'on its way': {
      const held = await hold(victim, true);
      await held.kill();
      return deliver(victim, held);
    }
    case 'after': {
      const held = await hold(victim, 'after');
      await held.kill();
      return held.release();
    }
    case 'while Azure works, without end': {
      const { sandbox } = victim;
      const id = await sandbox.arm({ ...target(victim), when: 'operation', action: { operation: 'hang' } });
      const kill = run(victim);
      await until(async () => ((await sandbox.fault(id))?.struck ?? 0) > 0, kill.tooEarly);
      return kill.now();
    }
    case 'while Azure works': {
      const { sandbox } = victim;
      const kill = run(victim);
      const path = pathFor(victim.call, victim.names).toLowerCase();
      const runs = async () => (await sandbox.operations()).some((one) => one.target.toLowerCase().endsWith(path));
      await until(runs, kill.tooEarly);
      return kill.now();
    }
  }
}

/** Holds a request until its sender was killed; it arrives when `release` is called, by way of the relay. */
export async function killOnItsWay(victim: Victim): Promise<{ arrive(): Promise<void> }> {
  const held = await hold(victim, true);
  await held.kill();
  return { arrive: () => deliver(victim, held) };
}

interface Held {
  kill(): Promise<void>;
  waiting(): Promise<number>;
  release(): Promise<void>;
}

async function hold(victim: Victim, when: true | 'after'): Promise<Held> {
  const { sandbox } = victim;
  const id = await sandbox.arm({ ...target(victim), action: { hold: when } });
  const kill = run(victim);
  const waiting = async () => (await sandbox.fault(id))?.waiting ?? 0;
  await until(async () => (await waiting()) > 0, kill.tooEarly);
  return { kill: kill.now, waiting, release: () => sandbox.disarm(id) };
}

/** Lets a held request through and waits until Azure has answered it to nobody. */
async function deliver({ sandbox, call, names }: Victim, held: Held): Promise<void> {
  const since = await sandbox.lastEntry();
  await held.release();
  const path = pathFor(call, names);
  const arrived = async () =>
    (await sandbox.journal(since)).some((entry) => entry.method === call.method && entry.path.endsWith(path));
  await until(arrived);
}

function target({ call, names }: Victim): { method: string; path: string } {
  return { method: call.method, path: patternFor(call, names) };
}

function run(victim: Victim): { now(): Promise<void>; tooEarly: Promise<never> } {
  const child = victim.start();
  const end = collect(child);
  const tooEarly = end.then(({ code, stdout, stderr }): never => {
    throw new Error(`it ended with ${code} before it came to the call\n${stdout}${stderr}`);
  });
  tooEarly.catch(() => {});
  return {
    tooEarly,
    async now() {
      child.kill('SIGKILL');
      assert.equal((await end).signal, 'SIGKILL', 'it was alive when it was killed');
    },
  };
}
