import { rm } from 'node:fs/promises';
import { callControl, SandboxFailure } from './client/call-control.ts';
import { findRunning } from './client/up.ts';
import { realClock } from './clock.ts';
import { type Discovery, isProcessAlive, readDiscovery, removeDiscovery } from './discovery.ts';
import type { DockerExtensionState } from './settings.ts';

export { SandboxFailure } from './client/call-control.ts';
export { findRunning, type UpOptions, type UpResult, upSandbox } from './client/up.ts';
export type { Discovery } from './discovery.ts';

/** What `down` waits for guests to end, in milliseconds. */
const downDeadlineMs = 60_000;
const pauseMs = 50;

/** Ends the sandbox and waits until its process is gone. False when it was down already. */
export async function downSandbox(directory: string): Promise<boolean> {
  const discovery = await readDiscovery(directory);
  if (!discovery) return false;
  if (!isProcessAlive(discovery.pid)) {
    await removeDiscovery(directory);
    return false;
  }
  const running = await findRunning(directory);
  // A living process that does not answer as the sandbox may be somebody else's with the same id: leave it alone.
  if (!running) {
    await removeDiscovery(directory);
    return false;
  }
  await callControl(running, 'POST', 'down');
  const deadline = realClock.nowMs() + downDeadlineMs;
  while (isProcessAlive(running.pid)) {
    if (realClock.nowMs() > deadline)
      throw new SandboxFailure(`The sandbox was told to end, but its process ${running.pid} is still there.`);
    await realClock.sleep(pauseMs);
  }
  return true;
}

/** The sandbox's discovery document and its own status; `undefined` when it is down. */
export async function sandboxStatus(
  directory: string,
): Promise<{ readonly discovery: Discovery; readonly status: unknown } | undefined> {
  const discovery = await findRunning(directory);
  return discovery && { discovery, status: await callControl(discovery, 'GET', 'status') };
}

/** Removes all resources and guests of a running sandbox. When it is down, all that it keeps, identity and CA included. */
export async function resetSandbox(directory: string): Promise<void> {
  const discovery = await findRunning(directory);
  if (discovery) await callControl(discovery, 'POST', 'reset');
  else await rm(directory, { recursive: true, force: true });
}

/** Journal entries after number `since`. */
export async function readJournal(directory: string, since = 0): Promise<unknown> {
  return callControl(await requireRunning(directory), 'GET', `journal?since=${since}`);
}

/** Service times of all long-running operations. */
export async function readOperations(directory: string): Promise<unknown> {
  return callControl(await requireRunning(directory), 'GET', 'operations');
}

/** How long operations take from now on. */
export async function setLatency(directory: string, profile: 'none' | 'recorded', factor = 1): Promise<void> {
  await callControl(await requireRunning(directory), 'PUT', 'latency', { profile, factor });
}

/** Whether calls beyond Azure's rate limits are refused from now on; buckets fill `factor` times as fast. */
export async function setThrottling(directory: string, enabled: boolean, factor = 1): Promise<void> {
  await callControl(await requireRunning(directory), 'PUT', 'throttling', { enabled, factor });
}

/** What the region publishes as DockerExtension from now on. */
export async function setDockerExtension(directory: string, state: DockerExtensionState): Promise<void> {
  await callControl(await requireRunning(directory), 'PUT', 'docker-extension', { state });
}

/** Arms a fault of `docs/sandbox.md`; gives the answer, `{id}`. */
export async function armFault(directory: string, fault: unknown): Promise<unknown> {
  return callControl(await requireRunning(directory), 'POST', 'faults', fault);
}

/** Armed faults with their counts. */
export async function listFaults(directory: string): Promise<unknown> {
  return callControl(await requireRunning(directory), 'GET', 'faults');
}

/** Takes away one fault, or all. */
export async function disarmFaults(directory: string, id?: string): Promise<void> {
  await callControl(await requireRunning(directory), 'DELETE', id === undefined ? 'faults' : `faults/${id}`);
}

async function requireRunning(directory: string): Promise<Discovery> {
  const discovery = await findRunning(directory);
  if (!discovery) throw new SandboxFailure('The sandbox is down.');
  return discovery;
}
