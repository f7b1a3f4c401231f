import { ProvisionError } from '../errors/provision-error.ts';
import { asRoot } from '../ssh/command.ts';
import type { Secret } from '../secret/secret.ts';
import type { ExecResult } from '../ssh/run-channel.ts';
import type { SshSession } from '../ssh/session.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { Provisioning } from './provisioning.ts';
import { engineScript } from './script/engine-script.ts';
import { MARKER } from './script/prelude.ts';

/** How many of the host's last lines go into an error. */
const LAST_LINES = 20;

export interface SshProvisioning {
  readonly session: SshSession;
  readonly provisioning: Provisioning;
  /** Told what the host is doing. */
  readonly step: StepHandle;
  readonly signal: AbortSignal;
}

/**
 * Runs the engine script on a host as root. The script travels on standard input, since it holds secrets and arguments can be seen by
 * every user of the host.
 *
 * @throws ProvisionError with the host's last lines; SshError when the connection breaks; UsageError when the provisioning is not valid;
 *   the signal's reason when aborted
 */
export async function provisionOverSsh({ session, provisioning, step, signal }: SshProvisioning): Promise<void> {
  const script = await engineScript(provisioning, 'ssh');
  await runAsRoot({ session, script, failed: `Docker could not be set up on ${session.host}`, step, signal });
}

export interface RootScript {
  readonly session: SshSession;
  /** POSIX sh. It travels on standard input. */
  readonly script: Secret;
  /** Begins the sentence about a failure. */
  readonly failed: string;
  /** Told what the lines with the marker say. */
  readonly step: StepHandle;
  readonly signal: AbortSignal;
}

/**
 * Runs a script on a host as root.
 * @returns what it wrote to standard output
 * @throws ProvisionError with the host's last lines; SshError when the connection breaks; the signal's reason when aborted
 */
export async function runAsRoot({ session, script, failed, step, signal }: RootScript): Promise<string> {
  const result = await session.exec(asRoot(session.user, ['sh', '-s']), {
    stdin: script.reveal(),
    onOutput: markerReader((what) => step.detail(what)),
    signal,
  });
  if (result.code !== 0) throw provisionError(session, failed, result);
  return result.stdout;
}

/** Gives the text of each whole line that begins with the marker, however the output is cut into chunks. */
export function markerReader(tell: (what: string) => void): (text: string, stream: 'stdout' | 'stderr') => void {
  let rest = '';
  return (text, stream) => {
    if (stream === 'stderr') return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith(MARKER)) tell(line.slice(MARKER.length));
  };
}

function provisionError(session: SshSession, failed: string, result: ExecResult): ProvisionError {
  const lines = result.stderr.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  return new ProvisionError(`${failed}: ${reason(session, result, last)}.`, {
    resource: session.host,
    details: lines.slice(-LAST_LINES),
  });
}

function reason(session: SshSession, result: ExecResult, last: string): string {
  const failure = `${MARKER}failed: `;
  if (last.startsWith(failure)) return last.slice(failure.length);
  if (last.startsWith('sudo: '))
    return `${session.user} may not use sudo without a password (${last.slice('sudo: '.length)})`;
  if (result.signal !== undefined) return `the script was ended by ${result.signal}`;
  return last.startsWith(MARKER) ? last.slice(MARKER.length) : `the script ended with status ${result.code}`;
}
