import { basename, resolve } from 'node:path';
import type { CommandTable } from './command-table.ts';
import type { Surroundings } from './context.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { writeWhole } from './output.ts';
import { PLUGIN_PROGRAM, pluginCall } from './plugin/plugin-call.ts';
import { start } from './start.ts';

/** Put in by `scripts/build.ts`; absent when the sources run as they are. */
declare const AZDOCK_VERSION: string | undefined;

/** Answers what follows `__complete`; its last word is the one at the cursor, perhaps empty. */
export type Completion = (
  words: readonly string[],
  place: Pick<Surroundings, 'environment' | 'cwd'>,
) => Promise<string>;

/** The hidden first word with which shells, and docker, ask how a command line could go on. */
const COMPLETE = '__complete';

/**
 * Runs azdock in this process: the one place that reads `process`, and the one that ends it.
 * @param loadCompletion gives what answers `__complete`: it is no verb, since its words are half a command line
 */
export async function startProcess(
  commands: CommandTable,
  loadCompletion?: () => Promise<{ readonly complete: Completion }>,
): Promise<void> {
  // What Node deprecates in the packages below us is ours to mend, and nothing a user could act on.
  process.noDeprecation = true;
  // Work goes on when the terminal, or whoever reads what is said about it, goes away.
  process.stderr.on('error', () => {});
  const [, entry = '', ...typed] = process.argv;
  const plugin = pluginCall({ entry, argv: typed, environment: process.env });
  const argv = plugin?.argv ?? typed;
  const config = plugin?.config === undefined ? {} : { DOCKER_CONFIG: plugin.config };
  const environment = Object.freeze({ ...process.env, ...config });
  const cwd = workingDirectory();
  if (argv[0] === COMPLETE && loadCompletion !== undefined) {
    const { complete } = await loadCompletion();
    await writeWhole(process.stdout, await complete(argv.slice(1), { environment, cwd }));
    process.exit(0);
  }
  let interrupt: Interrupt | undefined;
  const code = await start({
    commands,
    interrupted: () => interrupt?.exitCode,
    surroundings: {
      environment,
      cwd,
      program: plugin === undefined ? programName(entry) : PLUGIN_PROGRAM,
      argv,
      entry: resolve(entry),
      version: typeof AZDOCK_VERSION === 'string' ? AZDOCK_VERSION : 'development',
      interrupt: (notify) => {
        interrupt ??= listenForInterrupt(process, { notice: notify, now: () => performance.now() });
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
