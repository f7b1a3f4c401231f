import { execFile } from 'node:child_process';
import { findProgram } from '../../../ssh/find-program.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A program of this computer that was run. */
export interface ProgramAnswer {
  /** Absolute path. */
  readonly file: string;
  /** Both streams; empty when it did not end well. */
  readonly output: string;
}

/** Runs a program that tells of itself and does nothing else. @returns undefined when PATH has none of that name */
export async function runProgram(
  name: string,
  args: readonly string[],
  { environment, signal }: { readonly environment: Environment; readonly signal: AbortSignal },
): Promise<ProgramAnswer | undefined> {
  const file = findProgram(name, environment);
  if (file === undefined) return undefined;
  return new Promise((resolve) => {
    execFile(file, [...args], { env: { ...environment }, signal }, (error, stdout, stderr) =>
      resolve({ file, output: error === null ? `${stdout}${stderr}` : '' }),
    );
  });
}
