import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, type World } from './azdock.ts';
import { until } from './world-sandbox.ts';

/** The socket of a machine's tunnel. */
export function socketOf(world: World, machine: string): string {
  return join(world.store, 'machines', machine, 'docker.sock');
}

/** Numbers of the processes that keep tunnels of a world's machines. */
export async function keepers(world: World): Promise<number[]> {
  const { stdout } = await runProgram('ps', ['-eo', 'pid=,args=']);
  const ours = stdout.split('\n').filter((line) => line.includes(`${world.store} tunnel `) && line.includes('--serve'));
  return ours.map((line) => Number.parseInt(line, 10));
}

/** Number of the one process that keeps the tunnel of a machine, as it tells itself. */
export function keeperOf(world: World, machine: string): number {
  return JSON.parse(readFileSync(join(world.store, 'machines', machine, 'tunnel.json'), 'utf8')).pid;
}

/** Ends a process as a crash does, and returns when it is gone. */
export async function killHard(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(async () => !isAlive(pid));
}

/** Ends what a test that failed has left, then the world. */
export async function destroyWithTunnels(world: World | undefined): Promise<void> {
  if (world === undefined) return;
  for (const pid of await keepers(world)) process.kill(pid, 'SIGKILL');
  await world.destroy();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
