import { allFlags, type CommandClass } from './command-class.ts';

/** One flag or argument, as help and reference show it. */
export interface HelpEntry {
  /** `-f, --format=TEMPLATE` */
  readonly label: string;
  readonly text: string;
}

export interface HelpGroup {
  readonly title: string;
  readonly entries: readonly HelpEntry[];
}

/** Everything that is said about a command, without a form. */
export interface CommandHelp {
  readonly summary: string;
  readonly description: string | undefined;
  readonly examples: readonly string[];
  readonly usage: string;
  readonly args: readonly HelpEntry[];
  /** `--json` makes the result one document. */
  readonly hasJson: boolean;
  /** The command's own flags first, global ones last. */
  readonly groups: readonly HelpGroup[];
}

const OWN = 'Flags';
export const GLOBAL_GROUP = 'Global';

/** Reads a command class. @param hidden flags to leave out, beside those that are always hidden */
export function describeCommand(
  verb: string,
  command: CommandClass,
  hidden: ReadonlySet<string> = new Set(),
): CommandHelp {
  const args = Object.entries(command.args).filter(([, arg]) => arg.hidden !== true);
  const words = args.map(([name, arg]) => {
    const word = `${argumentName(name, arg.multiple === true)}${arg.multiple === true ? '…' : ''}`;
    return arg.required === true ? word : `[${word}]`;
  });
  return {
    summary: command.summary ?? '',
    description: command.description,
    examples: command.examples.map((example) => (typeof example === 'string' ? example : example.command)),
    usage: ['azdock', verb, ...words, ...(command.passThrough ? ['[ARGUMENT…]'] : []), '[FLAG…]'].join(' '),
    args: args.map(([name, arg]) => ({
      label: argumentName(name, arg.multiple === true),
      text: arg.description ?? '',
    })),
    hasJson: command.enableJsonFlag,
    groups: flagGroups(command, hidden),
  };
}

function argumentName(name: string, several: boolean): string {
  return (several ? name.replace(/s$/, '') : name).toUpperCase();
}

function flagGroups(command: CommandClass, hidden: ReadonlySet<string>): HelpGroup[] {
  const groups = new Map<string, HelpEntry[]>([[OWN, []]]);
  const globals: HelpEntry[] = [];
  for (const [name, flag] of Object.entries(allFlags(command))) {
    if (flag.hidden === true || hidden.has(name)) continue;
    const group = flag.helpGroup ?? OWN;
    const entries = group === GLOBAL_GROUP ? globals : (groups.get(group) ?? []);
    if (entries !== globals) groups.set(group, entries);
    entries.push({ label: flagLabel(name, flag), text: flagText(flag) });
  }
  const titled = [...groups].map(([title, entries]) => ({ title, entries }));
  return [...titled, { title: GLOBAL_GROUP, entries: globals }].filter(({ entries }) => entries.length > 0);
}

type AnyFlag = CommandClass['flags'][string];

function flagLabel(name: string, flag: AnyFlag): string {
  const short = flag.char === undefined ? '    ' : `-${flag.char}, `;
  if (flag.type === 'boolean') return `${short}--${name}`;
  const value = typeof flag.helpValue === 'string' ? flag.helpValue : (flag.options?.join('|') ?? 'VALUE');
  return `${short}--${name}=${value}${flag.multiple === true ? '…' : ''}`;
}

function flagText(flag: AnyFlag): string {
  const fallback: unknown = flag.default;
  const shown = typeof fallback === 'string' || typeof fallback === 'number' ? ` [default: ${fallback}]` : '';
  return `${flag.summary ?? flag.description ?? ''}${shown}${flag.env === undefined ? '' : ` [env: ${flag.env}]`}`;
}
