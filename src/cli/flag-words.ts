import { UsageError } from '../errors/usage-error.ts';
import { decimalOf } from './docker-machine/go-integer.ts';
import { nearest } from './nearest.ts';

/** What has to be known of a flag to find it among the words of a command line. oclif's flag definitions fit. */
export interface FlagShape {
  readonly type: 'boolean' | 'option';
  readonly char?: string | undefined;
  readonly multiple?: boolean | undefined;
  readonly allowNo?: boolean | undefined;
  readonly env?: string | undefined;
  /** Its value is a whole number. */
  readonly isInteger?: boolean;
  /** The list in its environment variable counts only where the flag is not given. */
  readonly envIsDefault?: boolean;
}
export type FlagShapes = Readonly<Record<string, FlagShape>>;

export interface FlagWords {
  /** For oclif's parser: flags as `--name` and `--name value`, each single one at most once. */
  readonly words: string[];
  /** `--help` or `-h` was among the flags. */
  readonly help: boolean;
}

/** Stands before a value that oclif would take for a flag; no argument of a process can contain it. */
const PROTECTED = '\0';

/** Go's spellings of a boolean (strconv.ParseBool), which docker-machine accepts after `=`. */
const YES = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const NO = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/**
 * Reads a verb's arguments as docker-machine does (Go's `flag` package) and writes them as oclif expects them: one dash or
 * two, `=` or a space, `--flag=false`, a value that begins with a dash, the last of several values for a single flag. A repeatable
 * flag gets the comma-separated values of its environment variable first, or only those where they are its default.
 *
 * @param shapes the verb's flags by name, without `help`
 * @param passThrough what follows the first argument belongs to another program and is left as it is
 * @param options.asGo also as strictly as Go: numbers with base 0 (`0x10`, `010` is 8), one spelling of a flag only
 * @throws UsageError for an unknown flag or one without its value
 */
export function flagWords(
  args: readonly string[],
  shapes: FlagShapes,
  options: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly passThrough: boolean;
    readonly asGo?: boolean;
  },
): FlagWords {
  const single = new Map<string, string[]>();
  const repeated: string[] = [];
  const given = new Set<string>();
  const rest: string[] = [];
  const spellings = new Map<string, string>();
  let help = false;

  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') {
      const after = args.slice(at + 1);
      rest.push(...(options.passThrough ? passOn(after) : ['--', ...after]));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      if (options.passThrough) {
        rest.push(...passOn(args.slice(at)));
        break;
      }
      rest.push(word);
      continue;
    }
    const flag = readFlag(word, shapes, options.passThrough);
    if (options.asGo === true) refuseTwoForms(flag, spellings);
    if (flag.name === 'help') {
      help = true;
      continue;
    }
    if (flag.shape.type === 'boolean') {
      const on = flag.value === undefined ? !flag.negated : parseBoolean(flag.name, flag.value) !== flag.negated;
      if (on) single.set(flag.name, [`--${flag.name}`]);
      else if (flag.shape.allowNo === true) single.set(flag.name, [`--no-${flag.name}`]);
      else single.delete(flag.name);
      continue;
    }
    at += flag.value === undefined ? 1 : 0;
    const typed = flag.value ?? args[at];
    if (typed === undefined) throw new UsageError(`--${flag.name} needs a value.`, { resource: `--${flag.name}` });
    given.add(flag.name);
    const value = options.asGo === true && flag.shape.isInteger === true ? decimalOf(typed) : typed;
    if (flag.shape.multiple === true) repeated.push(`--${flag.name}`, guard(value, shapes));
    else single.set(flag.name, [`--${flag.name}`, guard(value, shapes)]);
  }
  const listed = Object.entries(shapes)
    .filter(([name, { envIsDefault }]) => envIsDefault !== true || !given.has(name))
    .flatMap(([name, shape]) =>
      valuesIn(options.environment, shape).flatMap((value) => [`--${name}`, guard(value, shapes)]),
    );
  return { words: [...[...single.values()].flat(), ...listed, ...repeated, ...rest], help };
}

/** What the environment says of a repeatable flag. */
function valuesIn(environment: Readonly<Record<string, string | undefined>>, shape: FlagShape): readonly string[] {
  if (shape.type !== 'option' || shape.multiple !== true || shape.env === undefined) return [];
  return splitList(environment[shape.env]);
}

/** The first argument, then `--`, then what belongs to the other program. */
function passOn([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [first, '--', ...(others[0] === '--' ? others.slice(1) : others)];
}

/** Gives a parsed flag value as the user wrote it. */
export function unguarded(value: string): string {
  return value.startsWith(PROTECTED) ? value.slice(1) : value;
}

/** The values in a list that came from an environment variable: split on commas and trimmed, as docker-machine does. */
export function splitList(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',').map((item) => item.trim());
}

function guard(value: string, shapes: FlagShapes): string {
  if (!value.startsWith('-')) return value;
  const name = value.replace(/^--?(no-)?/, '');
  const isFlag = Object.hasOwn(shapes, name) || Object.values(shapes).some(({ char }) => char === value[1]);
  return isFlag || value === '--' ? PROTECTED + value : value;
}

interface FoundFlag {
  readonly name: string;
  /** As typed, without dashes. */
  readonly spelled: string;
  readonly shape: FlagShape;
  readonly value: string | undefined;
  readonly negated: boolean;
}

function readFlag(word: string, shapes: FlagShapes, passThrough: boolean): FoundFlag {
  const equals = word.indexOf('=');
  const spelled = equals === -1 ? word : word.slice(0, equals);
  const value = equals === -1 ? undefined : word.slice(equals + 1);
  const name = spelled.replace(/^--?/, '');
  if (name === 'help' || spelled === '-h')
    return { name: 'help', spelled: name, shape: { type: 'boolean' }, value, negated: false };

  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape !== undefined) return { name, spelled: name, shape, value, negated: false };

  const positive = name.startsWith('no-') ? name.slice(3) : undefined;
  const negated = positive !== undefined && Object.hasOwn(shapes, positive) ? shapes[positive] : undefined;
  if (positive !== undefined && negated?.allowNo === true)
    return { name: positive, spelled: name, shape: negated, value, negated: true };

  const short = spelled.length === 2 ? Object.entries(shapes).find(([, { char }]) => char === name) : undefined;
  if (short !== undefined) return { name: short[0], spelled: name, shape: short[1], value, negated: false };

  const close = nearest(name, Object.keys(shapes));
  const others = passThrough ? " Flags of the other program come after the machine's name." : '';
  const hint = close === undefined ? others : ` Did you mean --${close}?`;
  throw new UsageError(`There is no flag ${spelled} here.${hint}`, { resource: spelled });
}

/** Go's library of docker-machine takes `-q` or `--quiet`, but not both at once (codegangsta/cli:command.go). */
function refuseTwoForms({ name, spelled }: FoundFlag, spellings: Map<string, string>): void {
  const before = spellings.get(name);
  if (before !== undefined && before !== spelled) {
    const forms = [before, spelled].sort((one, other) => one.length - other.length).join(' ');
    throw new UsageError(`Cannot use two forms of the same flag: ${forms}`, { resource: `--${name}` });
  }
  spellings.set(name, spelled);
}

function parseBoolean(name: string, value: string): boolean {
  if (YES.has(value)) return true;
  if (NO.has(value)) return false;
  throw new UsageError(`--${name} is either true or false, not "${value}".`, { resource: `--${name}` });
}
