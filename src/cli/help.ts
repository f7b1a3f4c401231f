import { COMMAND_GROUPS } from './base-command.ts';
import type { CommandTable } from './command-table.ts';
import { type CommandHelp, describeCommand, GLOBAL_GROUP, type HelpEntry } from './help-model.ts';
import { wrap } from './wrap.ts';

/** Widest help text, in cells: longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;

/**
 * Help as text: of one verb; of a first word of two-word verbs (`sandbox`), those; without either, of azdock as a whole.
 * @param columns width of the terminal
 * @param hidden flags to leave out
 */
export async function helpText(
  commands: CommandTable,
  verb: string | undefined,
  columns: number,
  hidden: ReadonlySet<string> = new Set(),
): Promise<string> {
  const width = Math.max(NARROWEST, Math.min(columns, WIDEST));
  const load = verb === undefined ? undefined : commands[verb];
  return verb === undefined || load === undefined
    ? overview(commands, verb, width)
    : commandHelp(describeCommand(verb, (await load()).default, hidden), width);
}

function commandHelp(help: CommandHelp, width: number): string {
  const parts = [
    help.summary,
    help.examples.map((example) => `  $ ${example}`).join('\n'),
    `Usage: ${help.usage}`,
    ...(help.description === undefined ? [] : [wrap(help.description, width).join('\n')]),
    ...(help.args.length === 0 ? [] : [section('Arguments', help.args, width)]),
    ...help.groups.map(({ title, entries }) => section(title, entries, width)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

async function overview(commands: CommandTable, topic: string | undefined, width: number): Promise<string> {
  const names = Object.keys(commands).filter((name) => topic === undefined || name.startsWith(`${topic} `));
  const loaded = await Promise.all(names.map(async (name) => ({ name, command: (await commands[name]?.())?.default })));
  const groups = COMMAND_GROUPS.map((group) => ({
    title: group,
    entries: loaded
      .filter(({ command }) => command?.group === group && !command.hidden)
      .map(({ name, command }) => ({ label: name, text: command?.summary ?? '' })),
  })).filter(({ entries }) => entries.length > 0);
  const first = loaded[0]?.command;
  const globals =
    first === undefined ? [] : describeCommand('', first).groups.filter(({ title }) => title === GLOBAL_GROUP);
  return [
    ...(topic === undefined ? INTRODUCTION : []),
    `Usage: azdock ${topic ?? 'COMMAND'} …`,
    ...groups.map(({ title, entries }) => section(title, entries, width)),
    ...globals.map(({ entries }) => section('Flags of every command', entries, width)),
    `azdock ${topic === undefined ? '' : `${topic} `}COMMAND --help tells more about a command.`,
  ].join('\n\n');
}

const INTRODUCTION = [
  'Docker hosts on Azure from one command, in the manner of docker-machine',
  [
    '  $ azdock create dev',
    '  $ eval "$(azdock env dev)"',
    '  $ docker run -d -p 80:80 nginx',
    '  $ azdock rm dev',
  ].join('\n'),
];

/** Two columns where both have room, else the text below its label. */
function section(title: string, entries: readonly HelpEntry[], width: number): string {
  const label = Math.min(Math.max(...entries.map((entry) => entry.label.length)), Math.floor(width * 0.45));
  const lines = entries.flatMap((entry) => {
    const text = wrap(entry.text, width - label - 4);
    const beside = entry.label.length <= label;
    const [first = '', ...others] = beside ? text : ['', ...text];
    const indent = ' '.repeat(label + 4);
    return [`  ${entry.label.padEnd(label)}  ${first}`.trimEnd(), ...others.map((line) => indent + line)];
  });
  return [title, ...lines].join('\n');
}
