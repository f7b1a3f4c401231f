import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TunnelFailure } from '../machine/machine-context.ts';

export interface TunnelStart {
  readonly machine: string;
  /** Absolute path of the store. */
  readonly storePath: string;
  /** Path of azdock's own program. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What the process needs: it lives long, so that what others entrust to this one does not go on to it. */
const HANDED_ON = [
  'HOME',
  'USERPROFILE',
  'USER',
  'LOGNAME',
  'PATH',
  'LANG',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'XDG_CACHE_HOME',
  'SSH_AUTH_SOCK',
];

/**
 * Starts `azdock tunnel NAME --serve`, which outlives this process and its shell, and waits until it says that it is ready or why not.
 * @returns why it is not ready
 */
export async function startTunnel(start: TunnelStart): Promise<TunnelFailure | undefined> {
  const { machine, storePath, signal } = start;
  signal.throwIfAborted();
  const log = join(storePath, 'machines', machine, 'tunnel.log');
  const child = launch(start, log);
  const onAbort = () => child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = await firstDocument(child, log);
    signal.throwIfAborted();
    return answer;
  } finally {
    signal.removeEventListener('abort', onAbort);
    child.stdout?.destroy();
    child.unref();
  }
}

function launch({ machine, storePath, entry, environment }: TunnelStart, logFile: string): ChildProcess {
  const kept = HANDED_ON.filter((name) => environment[name] !== undefined).map((name) => [name, environment[name]]);
  const words = [realpathSync(entry), '--storage-path', storePath, 'tunnel', machine, '--serve', '--json'];
  const log = openSync(logFile, 'a', 0o600);
  try {
    // Its standard output is ours until it is ready: a shell that reads what we print would otherwise wait for its end.
    return spawn(process.execPath, words, {
      detached: true,
      cwd: '/',
      stdio: ['ignore', 'pipe', log],
      env: Object.fromEntries(kept),
    });
  } finally {
    closeSync(log);
  }
}

/** The one document that it writes: `{"ready": true}`, or the error's. */
async function firstDocument(child: ChildProcess, log: string): Promise<TunnelFailure | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<TunnelFailure | undefined>();
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const found = parseDocument(said);
    if (found !== undefined) resolve('error' in found ? found.error : undefined);
  });
  child.once('error', reject);
  child.once('close', (code, name) => {
    const how = name === null ? `status ${code}` : name;
    const message = `The process that was to keep the tunnel ended with ${how}.`;
    resolve({ code: 'bug', message, details: [`What it said last is in ${log}.`], nextSteps: [] });
  });
  return promise;
}

/** Undefined as long as the text is not whole. */
function parseDocument(text: string): { readonly ready: true } | { readonly error: TunnelFailure } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
