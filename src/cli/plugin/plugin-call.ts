import { basename, dirname } from 'node:path';

/** How the process was started. */
export interface RawCall {
  /** Path of the program, through whatever link it was called. */
  readonly entry: string;
  /** The words after the program. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A call by the docker command, with its own words taken off. */
export interface PluginCall {
  /** The words after `docker machine`. */
  readonly argv: string[];
  /** Value of docker's `--config`: its configuration directory. */
  readonly config: string | undefined;
}

/** The plugin's name: the file's, without `docker-`. */
const NAME = 'machine';

/** What users type to call the plugin. */
export const PLUGIN_PROGRAM = `docker ${NAME}`;

/** The words of a program's name as users type it: the plugin's are two. */
export function programWords(program: string): readonly string[] {
  return program === PLUGIN_PROGRAM ? ['docker', NAME] : [program];
}

/** Docker's global flags that take a value (docker/cli:cli/flags/options.go). */
const LONG_WITH_VALUE = ['config', 'context', 'host', 'log-level', 'tlscacert', 'tlscert', 'tlskey'];
const SHORT_WITH_VALUE = 'cHl';

/**
 * Recognises a call by docker's plugin manager, and takes off what is docker's own: the plugin gets all of docker's arguments,
 * so that global flags stand before its name (docker/cli:cli-plugins/manager/manager.go). The variable alone does not tell,
 * because programs that a plugin starts inherit it.
 *
 * @returns undefined for any other call
 */
export function pluginCall({ entry, argv, environment }: RawCall): PluginCall | undefined {
  const isPlugin = basename(entry) === `docker-${NAME}` && basename(dirname(entry)) === 'cli-plugins';
  if (!isPlugin || environment['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] === undefined) return undefined;
  // `docker help machine create`, `docker --help machine`, `docker -D machine ls`; `__complete machine ip d`.
  const kept: string[] = [];
  let config: string | undefined;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === NAME) return { argv: [...kept, ...argv.slice(at + 1)], config };
    const { flag, value } = readGlobal(word);
    const isNext = value === undefined && takesValue(flag);
    if (isNext) at += 1;
    if (flag === 'config') config = isNext ? argv[at] : value;
    if (['help', '__complete'].includes(word)) kept.push(word);
    if (flag === 'help' || flag === 'h') kept.push('--help');
    if (flag === 'debug' || flag === 'D') kept.push('--debug');
  }
  return { argv: [...argv], config };
}

/** A global flag by its name, a short one by its letter; the last of several letters that stand together counts. */
function readGlobal(word: string): { readonly flag: string; readonly value: string | undefined } {
  const [, long, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (long !== undefined) return { flag: long, value };
  const [, switches = '', letter, glued = ''] = /^-([^cHl-]*)([cHl])?(.*)$/s.exec(word) ?? [];
  if (letter !== undefined) return { flag: letter, value: glued === '' ? undefined : glued };
  return { flag: switches.at(-1) ?? '', value: undefined };
}

function takesValue(flag: string): boolean {
  return flag.length === 1 ? SHORT_WITH_VALUE.includes(flag) : LONG_WITH_VALUE.includes(flag);
}
