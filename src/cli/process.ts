import { basename, resolve } from 'node:path';
import type { CommandTable } from './command-table.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { writeWhole } from './output.ts';
import { start } from './start.ts';

/** Put in by `scripts/build.ts`; absent when the sources run as they are. */
declare const AZDOCK_VERSION: string | undefined;

/** Runs azdock in this process: the one place that reads `process`, and the one that ends it. */
export async function startProcess(commands: CommandTable): Promise<void> {
  // What Node deprecates in the packages below us is ours to mend, and nothing a user could act on.
  process.noDeprecation = true;
  const [, entry = '', ...argv] = process.argv;
  let interrupt: Interrupt | undefined;
  const code = await start({
    commands,
    interrupted: () => interrupt?.exitCode,
    surroundings: {
      environment: Object.freeze({ ...process.env }),
      cwd: workingDirectory(),
      program: programName(entry),
      argv,
      entry: resolve(entry),
      version: typeof AZDOCK_VERSION === 'string' ? AZDOCK_VERSION : 'development',
      interrupt: (notify) => {
        interrupt ??= listenForInterrupt(process, notify);
        return interrupt;
      },
    },
  });
  // Pipes are written in the background on Windows (Node's documentation, "A note on process I/O").
  if (process.platform === 'win32') await writeWhole(process.stderr, '');
  // Idle connections must not keep the process alive.
  process.exit(code);
}

/** `docker-machine` through a link of that name, else `azdock` whatever file started us. */
function programName(entry: string): string {
  const name = basename(entry).replace(/\.(js|exe|cmd)$/i, '');
  return name === 'run' || name === 'main' || name === '' ? 'azdock' : name;
}

/** The directory we stand in; the root when it has been removed under us. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return resolve('/');
  }
}
