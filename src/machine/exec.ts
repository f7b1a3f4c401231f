import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { ProgramError } from '../errors/program-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { findProgram } from '../ssh/find-program.ts';
import { connectionOf } from './connection.ts';
import { dockerVariables } from './docker-variables.ts';
import type { MachineContext } from './machine-context.ts';
import type { OutsideProgram } from './outside-programs.ts';

export interface ExecRequest {
  readonly name: string;
  /** The program and its arguments. */
  readonly words: readonly string[];
  /** What a relative path starts from; absolute. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
}

/** Variables of docker's that would stand against a machine's own, and those by which docker talks to its plugin. */
const TAKEN_AWAY = ['DOCKER_CONTEXT', 'DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND', 'DOCKER_CLI_PLUGIN_SOCKET'];

/**
 * The program as it is to be run for a machine, once the machine's engine has answered.
 * @throws UsageError when no program is named; ProgramError when there is none of that name; as `connectionOf`
 */
export async function programFor(
  { name, words, cwd, platform }: ExecRequest,
  context: MachineContext,
): Promise<OutsideProgram> {
  const [program = '', ...args] = words;
  if (program === '') throw new UsageError(`No command to run: azdock exec ${name} -- COMMAND`);
  const file = isPath(program, platform) ? existing(resolve(cwd, program)) : findProgram(program, context.environment);
  if (file === undefined) {
    const why = isPath(program, platform) ? 'it is not there, or no program' : 'it is not on PATH';
    throw new ProgramError(`${program} cannot be run: ${why}.`, { resource: program });
  }
  const { set, clear } = dockerVariables(await connectionOf(name, context), platform);
  const gone = new Set([...TAKEN_AWAY, ...clear]);
  const kept = Object.entries(context.environment).filter(([variable]) => !gone.has(variable));
  return { file, args, environment: Object.fromEntries([...kept, ...set]) };
}

function isPath(program: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' ? /[\\/]/.test(program) : program.includes('/');
}

function existing(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}
