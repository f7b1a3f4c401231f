import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SandboxError } from '../../errors/sandbox-error.ts';
import { Secret } from '../../secret/secret.ts';
import type { AzureDependencies } from './dependencies.ts';

/** What a running sandbox says about itself (docs/sandbox.md). */
export interface Sandbox {
  readonly endpoint: string;
  readonly authority: string;
  /** PEM. */
  readonly ca: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly sshPort: number;
}

/** Where the sandbox keeps its state (docs/sandbox.md, "Where it lives"). */
export function sandboxDirectory(environment: AzureDependencies['environment'], platform = process.platform): string {
  const home = environment[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homedir();
  if (environment['AZDOCK_SANDBOX_DIR']) return environment['AZDOCK_SANDBOX_DIR'];
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'azdock', 'sandbox');
  return join(environment['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'azdock', 'sandbox');
}

/**
 * Finds the sandbox, and starts it when it is down.
 *
 * @throws SandboxError when it cannot be found even then
 */
export async function findSandbox(
  dependencies: Pick<AzureDependencies, 'environment' | 'startSandbox'>,
): Promise<Sandbox> {
  const file = join(sandboxDirectory(dependencies.environment), 'sandbox.json');
  const running = await readDiscovery(file);
  if (running !== undefined) return running;
  await dependencies.startSandbox();
  const started = await readDiscovery(file);
  if (started !== undefined) return started;
  throw new SandboxError(`The sandbox was started, but ${file} does not say where it listens.`, {
    resource: file,
    nextSteps: [{ label: 'Look at it', command: 'azdock sandbox status' }],
  });
}

async function readDiscovery(file: string): Promise<Sandbox | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new SandboxError(`${file} cannot be read: ${error.code}.`, { resource: file, cause: error });
  });
  if (text === undefined) return undefined;
  const { discovery, caFile, pid } = parseDiscovery(file, text);
  if (!isAlive(pid)) return undefined;
  return { ...discovery, ca: await readFile(caFile, 'utf8') };
}

function parseDiscovery(file: string, text: string): { discovery: Omit<Sandbox, 'ca'>; caFile: string; pid: number } {
  const found = parseObject(file, text);
  const field = (key: string): string => {
    const value = found[key];
    if (typeof value === 'string') return value;
    throw unreadable(file, `${key} is missing`);
  };
  if (found['version'] !== 1)
    throw unreadable(file, `its version is ${String(found['version'])}, and this azdock knows 1`);
  return {
    pid: Number(found['pid']),
    caFile: field('caFile'),
    discovery: {
      endpoint: field('endpoint'),
      authority: field('authority'),
      tenantId: field('tenantId'),
      subscriptionId: field('subscriptionId'),
      clientId: field('clientId'),
      clientSecret: new Secret(field('clientSecret')),
      sshPort: Number(found['sshPort'] ?? 22),
    },
  };
}

function parseObject(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw unreadable(file, 'it is no JSON', error);
  }
  throw unreadable(file, 'it is no JSON object');
}

function unreadable(file: string, why: string, cause?: unknown): SandboxError {
  return new SandboxError(`${file} cannot be understood: ${why}.`, {
    resource: file,
    cause,
    nextSteps: [{ label: 'Start afresh', command: 'azdock sandbox reset' }],
  });
}

/** A file whose process is dead is left over from a crash: the sandbox is down. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
