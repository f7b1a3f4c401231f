import { userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { UsageError } from '../errors/usage-error.ts';
import type { MachineContext } from '../machine/machine-context.ts';
import type { Progress } from '../steps/progress.ts';
import { Pace } from '../wait/pace.ts';
import { systemClock } from '../wait/wait-until.ts';
import type { Manner } from './docker-machine/manner.ts';
import { talksOnStdout } from './docker-machine/mode.ts';
import type { GlobalFlags } from './global-flags.ts';
import type { Interrupt } from './interrupt.ts';
import { printable } from './printable.ts';
import { programWords } from './plugin/plugin-call.ts';
import { createProgress } from './progress.ts';
import { redact } from './redact.ts';
import { styleOf } from './style.ts';

/** Everything that a command knows of the process it runs in. What is dear to find out is found out when it is asked for. */
export interface CliContext extends MachineContext {
  /** Absolute. */
  readonly cwd: string;
  /** The name we were called by: `azdock`, `docker-machine` through a link of that name, `docker machine` as docker's plugin. */
  readonly program: string;
  /** The program's name and the words after it, as typed. */
  readonly commandLine: readonly string[];
  /** Path of the program that runs, through whatever link it was called. */
  readonly entry: string;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** `--debug` or MACHINE_DEBUG. */
  readonly debugging: boolean;
  /** The result is to be one JSON document. */
  readonly json: boolean;
  /** Colours may be used on stdout. */
  readonly color: boolean;
  /** Width of the terminal on stdout in cells; Infinity when there is none. */
  readonly columns: number;
  /** `--native-ssh`: never the `ssh` program of the system. */
  readonly nativeSsh: boolean;
  /** Where progress goes and questions are asked: stderr, but stdout where docker-machine does so and we are called by its name. */
  readonly talk: NodeJS.WriteStream;
  /** A text that names commands of azdock, with the name we were called by. */
  asTyped(text: string): string;
  /** Exit code of the signal that has interrupted the command; undefined as long as none has. */
  readonly interrupted: number | undefined;
  /** One line on stderr with `--debug`, nothing without. What looks like a secret is hidden. */
  debugLine(text: string): void;
}

/** The process, as far as a command may know it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly program: string;
  /** The words after the program's name, as typed. */
  readonly argv: readonly string[];
  /** What runs again as azdock when called with arguments: the path of the program. */
  readonly entry: string;
  readonly version: string;
  /** Starts to listen for interruption, once. `notify` shows a line to the user. */
  readonly interrupt: (notify: (text: string) => void) => Interrupt;
  /** The manner of the program whose place we take. */
  readonly manner?: Manner;
}

/**
 * Puts the process and the global flags together.
 * @param verb the command that runs
 * @throws UsageError when there is no place for the store
 */
export function createContext(surroundings: Surroundings, flags: GlobalFlags, verb: string): CliContext {
  const { environment, cwd } = surroundings;
  const json = flags.json === true;
  const debugging = flags.debug === true;
  const terminals = { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) };
  const onStdout = !json && talksOnStdout(surroundings.program, verb);
  const talk = onStdout ? process.stdout : process.stderr;
  // A reader that goes away ends nothing: the work goes on.
  if (onStdout) talk.on('error', () => {});
  let progress: Progress | undefined;
  const debugLine = (text: string): void => {
    if (debugging) process.stderr.write(`debug: ${printable(redact(text))}\n`);
  };
  const context: CliContext = {
    environment,
    cwd,
    program: surroundings.program,
    commandLine: [...programWords(surroundings.program), ...surroundings.argv],
    entry: surroundings.entry,
    version: surroundings.version,
    storePath: storePath(flags['storage-path'], environment, cwd),
    user: environment['USER'] || environment['USERNAME'] || 'unknown',
    stdinIsTerminal: terminals.stdin,
    stdoutIsTerminal: terminals.stdout,
    stderrIsTerminal: terminals.stderr,
    interactive: terminals.stdin && terminals.stderr && !json && (environment['CI'] ?? '') === '',
    debugging,
    json,
    color: !json && styleOf(terminals.stdout, environment, flags['no-color'] === true).color,
    nativeSsh: flags['native-ssh'] === true,
    talk,
    asTyped: (message) => surroundings.manner?.asTyped(message) ?? message,
    clock: systemClock,
    pace: new Pace(systemClock),
    tls: tlsFiles(flags, cwd),
    get columns() {
      return terminals.stdout ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    },
    get progress() {
      if (progress !== undefined) return progress;
      progress = createProgress({
        mode: flags.progress ?? 'auto',
        stream: talk,
        isTerminal: onStdout ? terminals.stdout : terminals.stderr,
        environment,
        noColor: flags['no-color'] === true,
        debugging,
      });
      progress = surroundings.manner?.progress(progress) ?? progress;
      return progress;
    },
    get interrupted() {
      return surroundings.interrupt(context.notify).exitCode;
    },
    get signal() {
      return surroundings.interrupt(context.notify).signal;
    },
    debugLine,
    ...(debugging ? { debug: debugLine } : {}),
    notify: (message) => context.progress.info(message),
    async startSandbox() {
      const { startSandbox } = await import('./start-sandbox.ts');
      await startSandbox({ entry: surroundings.entry, environment, signal: context.signal });
    },
    async startTunnel(machine) {
      const { startTunnel } = await import('./start-tunnel.ts');
      const { storePath, signal } = context;
      return startTunnel({ machine, storePath, entry: surroundings.entry, environment, signal });
    },
  };
  return context;
}

/** The home directory that the system knows for the user, for services and jobs that run without HOME. */
function systemHome(): string | undefined {
  try {
    return userInfo().homedir || undefined;
  } catch {
    return undefined;
  }
}

/** docker-machine's rule: flag or MACHINE_STORAGE_PATH (both in `flag`), else `.docker/machine` in the home directory. */
export function storePath(flag: string | undefined, environment: Surroundings['environment'], cwd: string): string {
  if (flag !== undefined && flag !== '') return resolve(cwd, flag);
  const home = (process.platform === 'win32' ? environment['USERPROFILE'] : environment['HOME']) || systemHome();
  if (home !== undefined) return resolve(cwd, join(home, '.docker', 'machine'));
  throw new UsageError('There is no home directory to keep machines in: HOME is not set, and the system knows none.', {
    nextSteps: [{ label: 'Name a place', command: 'azdock --storage-path DIR …' }],
  });
}

/** `--docker-cert-dir` names all four; each one's own flag stands above it. */
function tlsFiles(flags: GlobalFlags, cwd: string): CliContext['tls'] {
  const dir = absolute(flags['docker-cert-dir'], cwd);
  const file = (flag: string | undefined, name: string) =>
    absolute(flag, cwd) ?? (dir === undefined ? undefined : join(dir, name));
  return {
    caCert: file(flags['tls-ca-cert'], 'ca.pem'),
    caKey: file(flags['tls-ca-key'], 'ca-key.pem'),
    clientCert: file(flags['tls-client-cert'], 'cert.pem'),
    clientKey: file(flags['tls-client-key'], 'key.pem'),
  };
}

function absolute(path: string | undefined, cwd: string): string | undefined {
  if (path === undefined || path === '') return undefined;
  return isAbsolute(path) ? path : resolve(cwd, path);
}
