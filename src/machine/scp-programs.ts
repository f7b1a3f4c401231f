import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { findProgram } from '../ssh/find-program.ts';
import { opensshConfig } from '../ssh/openssh-config.ts';
import type { PinnedHost } from '../ssh/pinned-host.ts';
import { rsyncArguments } from '../ssh/rsync-arguments.ts';
import { dependsOnVersion, type ProgramPlace, scpArguments } from '../ssh/scp-arguments.ts';
import { checkAnswer } from './check-answer.ts';
import type { MachineContext } from './machine-context.ts';
import type { KnownCopy } from './scp.ts';

/** @returns scp's exit code. @throws SshError, HostKeyChangedError when that is why it failed */
export async function copyByScp(copy: KnownCopy, context: MachineContext): Promise<number> {
  const { recursive, quiet } = copy;
  return withConfig(copy, context, 'scp', async (places) => {
    const version = Object.values(places).some(dependsOnVersion) ? await opensshVersion(context) : undefined;
    return (configFile) => scpArguments({ ...places, configFile, recursive, quiet, version });
  });
}

/** @returns rsync's exit code. @throws UnsupportedError when there is no rsync; as {@link copyByScp} */
export async function copyByRsync(copy: KnownCopy, context: MachineContext): Promise<number> {
  const { recursive, quiet, source, target } = copy;
  if (source.host !== undefined && target.host !== undefined) {
    throw new UsageError('--delta copies between this computer and one machine: rsync cannot have two remote sides.');
  }
  if (copy.native) throw new UsageError("--delta needs the system's ssh, which --native-ssh does without.");
  if (findProgram('rsync', context.environment) === undefined) {
    throw new UnsupportedError('You must have a copy of the rsync binary locally to use the --delta option.', {
      resource: 'rsync',
    });
  }
  const ssh = findProgram('ssh', context.environment);
  if (ssh === undefined) throw new UnsupportedError('--delta needs an ssh program on PATH, and there is none.');
  return withConfig(copy, context, 'rsync', async (places) => {
    return (configFile) => rsyncArguments({ ...places, ssh, configFile, recursive, quiet });
  });
}

/** What each program ends with when ssh failed (rsync(1), "EXIT VALUES"; ssh(1), "EXIT STATUS"). */
const SSH_FAILED = { scp: 255, rsync: 255 };

interface Places {
  readonly source: ProgramPlace;
  readonly target: ProgramPlace;
}

/** Runs a program with an `ssh_config` of its own, in a directory that only the user can read. */
async function withConfig(
  { source, target, programs }: KnownCopy,
  context: MachineContext,
  name: 'scp' | 'rsync',
  argumentsFor: (places: Places) => Promise<(configFile: string) => string[]>,
): Promise<number> {
  const hosts: Record<string, PinnedHost> = {};
  if (source.host !== undefined) hosts['source'] = source.host;
  if (target.host !== undefined) hosts['target'] = target.host;
  const places = {
    source: { host: source.host && 'source', path: source.path },
    target: { host: target.host && 'target', path: target.path },
  };
  const folder = await mkdtemp(join(tmpdir(), 'azdock-'));
  try {
    const configFile = join(folder, 'ssh_config');
    await writeFile(configFile, opensshConfig(hosts), { mode: 0o600 });
    const args = (await argumentsFor(places))(configFile);
    const { environment } = context;
    const code = await programs.run({ file: findProgram(name, environment) ?? name, args, environment });
    if (code === 0) return code;
    // They say what went wrong with a file, but little about a host that does not answer or has another key.
    if (code === SSH_FAILED[name]) for (const { host } of [source, target]) if (host) await checkAnswer(host, context);
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `ssh -V` says; empty when it says nothing. */
async function opensshVersion({ environment, signal }: MachineContext): Promise<string> {
  const file = findProgram('ssh', environment);
  if (file === undefined) return '';
  const { stderr } = await promisify(execFile)(file, ['-V'], { env: { ...environment }, signal });
  return stderr;
}
