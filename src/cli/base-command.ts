import { Command } from '@oclif/core/command';
import type { Input, ParserOutput } from '@oclif/core/interfaces';
import { type CliContext, createContext, type Surroundings } from './context.ts';
import { isDockerMachine } from './docker-machine/mode.ts';
import { unguarded } from './flag-words.ts';
import { globalFlags } from './global-flags.ts';
import { withNewline, writeWhole } from './output.ts';
import { printable, printableJson } from './printable.ts';

/** Headings of the overview, in its order. */
export const COMMAND_GROUPS = ['Machines', 'Shell', 'Host', 'Azure', 'Sandbox', 'Other'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

type Values = Record<string, unknown>;

/**
 * The parent of every azdock command. `run` parses first (`await this.parse(ThisClass)`), which also makes {@link context};
 * then it calls one function of `machine/` and prints one result. What it throws is rendered in one place, `cli/start.ts`.
 */
export abstract class AzdockCommand extends Command {
  static override baseFlags = globalFlags;
  /** Whole commands, two or three, each as it can be pasted. */
  static override examples: Command.Example[] = [];
  /** Heading under which the overview of all commands lists this one. */
  static group: CommandGroup = 'Machines';
  /** What follows the first argument is another program's and is not parsed: see {@link passedOn}. Wants `strict = false`. */
  static passThrough = false;
  /** Flags that help leaves out, since they cannot go with the words that stand beside `--help`. */
  static readonly flagsToHide = (
    _words: readonly string[],
    _environment: Surroundings['environment'],
  ): ReadonlySet<string> => new Set();

  #exitCode = 0;
  #surroundings: Surroundings | undefined;
  #context: CliContext | undefined;

  /** The process and the global flags. There once `parse` is done. */
  get context(): CliContext {
    if (this.#context === undefined) throw new Error(`${this.id} uses its context before it has parsed its arguments`);
    return this.#context;
  }

  /** The process's variables, also before anything is parsed. */
  protected get environment(): Surroundings['environment'] {
    return this.#surroundings?.environment ?? {};
  }

  /** Runs the command. @throws whatever went wrong */
  async start(surroundings: Surroundings): Promise<void> {
    this.#surroundings = surroundings;
    await this._run();
  }

  /** The process's exit code when nothing was thrown. */
  get exitCode(): number {
    return this.#exitCode;
  }

  /**
   * Ends with the exit code of another program that ran for the user. Called as docker-machine it is 1, with the code on
   * stderr, as its callers know it (docker/machine:commands/ssh.go).
   */
  endLike(code: number): void {
    const translated = code !== 0 && isDockerMachine(this.context.program);
    if (translated) process.stderr.write(`exit status ${code}\n`);
    this.#exitCode = translated ? 1 : code;
  }

  /** With `passThrough`: the other program's words, as typed and in their order, without a `--` before them. */
  get passedOn(): readonly string[] {
    const end = this.argv.indexOf('--');
    return end === -1 ? [] : this.argv.slice(end + 1);
  }

  /** As {@link passedOn}, with the `--` if one was typed: to the other program it can mean something. */
  get passedOnAsTyped(): readonly string[] {
    const words = this.passedOn;
    const { commandLine } = this.context;
    return commandLine[commandLine.length - words.length - 1] === '--' ? ['--', ...words] : words;
  }

  /** Writes a result for people to stdout, in one piece, with a line feed at its end. What could steer a terminal is escaped. */
  async print(text: string): Promise<void> {
    await writeWhole(process.stdout, withNewline(printable(text)));
  }

  /** The same for a result that other programs read: into a pipe or file as it is, to the letter; on a terminal as {@link print}. */
  async printExactly(text: string): Promise<void> {
    await writeWhole(process.stdout, withNewline(this.context.stdoutIsTerminal ? printable(text) : text));
  }

  /** As {@link print}, for text with colours of ours in it: what comes from outside has been made safe before, by `printableLine`. */
  async printStyled(text: string): Promise<void> {
    await writeWhole(process.stdout, withNewline(text));
  }

  /** Writes the result to stdout as one JSON document. */
  async printJson(value: unknown): Promise<void> {
    await this.print(printableJson(JSON.stringify(value, undefined, 2)));
  }

  override jsonEnabled(): boolean {
    return this.#context?.json ?? false;
  }

  protected override async init(): Promise<void> {}

  protected override async catch(error: Error): Promise<never> {
    throw error;
  }

  protected override async parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
    argv?: string[],
  ): Promise<ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv);
    const flags: Values = parsed.flags;
    for (const [name, value] of Object.entries(flags)) {
      if (typeof value === 'string') flags[name] = unguarded(value);
      else if (Array.isArray(value))
        flags[name] = value.map((item) => (typeof item === 'string' ? unguarded(item) : item));
    }
    if (this.#surroundings === undefined) throw new Error(`${this.id} was not started by start()`);
    this.#context ??= createContext(this.#surroundings, flags, this.id ?? '');
    return parsed;
  }
}
