import type { CommandTable } from '../command-table.ts';
import { describeCommand, GLOBAL_GROUP, type HelpGroup } from '../help-model.ts';
import { renamer } from './renamer.ts';

/** Indentation of lists: completion scripts of docker-machine look for lines that begin with three spaces and a dash. */
const INDENT = '   ';

/**
 * Help in docker-machine's form: `Usage: docker-machine VERB [OPTIONS] [arg...]` first, then what the verb does, then its options.
 * Without a verb, all commands.
 */
export async function dockerMachineHelp(
  commands: CommandTable,
  verb: string | undefined,
  version: string,
  hidden: ReadonlySet<string> = new Set(),
): Promise<string> {
  const load = verb === undefined ? undefined : commands[verb];
  const rename = renamer(Object.keys(commands));
  if (verb === undefined || load === undefined) return overview(commands, verb, version);
  const help = describeCommand(verb, (await load()).default, hidden);
  const own = help.groups.filter(({ title }) => title !== GLOBAL_GROUP);
  const globals = help.groups.filter(({ title }) => title === GLOBAL_GROUP);
  return [
    `Usage: docker-machine ${verb}${own.length === 0 ? '' : ' [OPTIONS]'} [arg...]`,
    rename(help.summary),
    ...(help.description === undefined ? [] : [`Description:\n${INDENT}${rename(help.description)}`]),
    ...(own.length === 0 ? [] : [options('Options:', own)]),
    options('Global options:', globals),
  ].join('\n\n');
}

async function overview(commands: CommandTable, topic: string | undefined, version: string): Promise<string> {
  const names = Object.keys(commands).filter((name) => topic === undefined || name.startsWith(`${topic} `));
  const loaded = await Promise.all(names.map(async (name) => ({ name, command: (await commands[name]?.())?.default })));
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = loaded
    .filter(({ command }) => command !== undefined && !command.hidden)
    .map(({ name, command }) => `  ${name.padEnd(width)}${command?.summary ?? ''}`);
  const first = loaded[0]?.command;
  const globals =
    first === undefined ? [] : describeCommand('', first).groups.filter(({ title }) => title === GLOBAL_GROUP);
  // `docker-machine version V, build B` without its first two words.
  const build = version.split(' ').slice(2).join(' ');
  return [
    `Usage: docker-machine [OPTIONS] ${topic ?? 'COMMAND'} [arg...]`,
    'Docker hosts on Azure: azdock, called as docker-machine.',
    `Version: ${build}`,
    options('Options:', globals),
    `Commands:\n${lines.join('\n')}`,
    "Run 'docker-machine COMMAND --help' for more information on a command.",
  ].join('\n\n');
}

/** `   --driver, -d "azure"   text` */
function options(title: string, groups: readonly HelpGroup[]): string {
  const entries = groups.flatMap((group) => group.entries);
  const labels = entries.map(({ label }) => dockerMachineLabel(label));
  const width = Math.max(0, ...labels.map((label) => label.length)) + 2;
  const lines = entries.map(({ text }, at) => `${INDENT}${(labels[at] ?? '').padEnd(width)}${text}`);
  return [title, INDENT, ...lines].join('\n');
}

/** `-f, --format=TEMPLATE` as `--format, -f TEMPLATE`. */
function dockerMachineLabel(label: string): string {
  const [, short, long, value = ''] = /^(?:(-\w), )?\s*(--[\w-]+)(=.*)?$/.exec(label) ?? [];
  return `${long ?? label.trim()}${short === undefined ? '' : `, ${short}`}${value.replace('=', ' ')}`;
}
