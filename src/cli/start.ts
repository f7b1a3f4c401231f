import { readRequest } from './argv.ts';
import { allFlags, type CommandClass } from './command-class.ts';
import type { CommandTable } from './command-table.ts';
import type { Surroundings } from './context.ts';
import type { FailureLook } from './errors.ts';
import { isDockerMachine, versionLine } from './docker-machine/mode.ts';
import { flagWords } from './flag-words.ts';
import { withNewline, writeWhole } from './output.ts';

export interface Start {
  readonly commands: CommandTable;
  readonly surroundings: Surroundings;
  /** Exit code of the signal that interrupted the command, if one did. */
  readonly interrupted: () => number | undefined;
}

/** Runs what the command line asks for. Errors are rendered here and nowhere else. @returns the process's exit code */
export async function start(run: Start): Promise<number> {
  const { commands, surroundings } = run;
  let verb: CommandClass | undefined;
  try {
    const request = readRequest(surroundings.argv, Object.keys(commands), surroundings.program);
    if (request.kind === 'version') {
      await writeWhole(process.stdout, withNewline(versionLine(surroundings.program, surroundings.version)));
      return 0;
    }
    const load = request.kind === 'run' ? commands[request.verb] : undefined;
    if (request.kind === 'help' || load === undefined) return await help(run, request.verb);
    verb = (await load()).default;
    verb.id = request.verb;
    const { words, help: wantsHelp } = flagWords(request.args, allFlags(verb), {
      environment: surroundings.environment,
      passThrough: verb.passThrough,
      asGo: isDockerMachine(surroundings.program),
    });
    if (wantsHelp) return await help(run, request.verb, verb.flagsToHide(words, surroundings.environment));
    const { ReadyConfig } = await import('./oclif-config.ts');
    const command = new verb(words, new ReadyConfig(surroundings.version));
    await command.start({ ...surroundings, ...(await dockerMachineManner(run)) });
    return command.exitCode;
  } catch (error) {
    return await fail(error, run, verb);
  }
}

async function help(
  { commands, surroundings }: Start,
  verb: string | undefined,
  hidden?: ReadonlySet<string>,
): Promise<number> {
  const { program, version } = surroundings;
  if (isDockerMachine(program)) {
    const { dockerMachineHelp } = await import('./docker-machine/help.ts');
    await writeWhole(
      process.stdout,
      withNewline(await dockerMachineHelp(commands, verb, versionLine(program, version), hidden)),
    );
    return 0;
  }
  const { helpText } = await import('./help.ts');
  const columns = process.stdout.columns ?? 80;
  await writeWhole(process.stdout, withNewline(await helpText(commands, verb, columns, hidden)));
  return 0;
}

async function fail(
  error: unknown,
  { commands, surroundings, interrupted }: Start,
  verb: CommandClass | undefined,
): Promise<number> {
  const [{ describeFailure }, { styleOf }] = await Promise.all([import('./errors.ts'), import('./style.ts')]);
  const { argv, environment, program } = surroundings;
  // The context may not be there yet, so the three flags that change how an error looks are read from the words themselves.
  const words = ownWords(argv, verb);
  const says = (...flags: string[]): boolean => words.some((word) => flags.includes(word));
  const failure = describeFailure(error, {
    verb: verb?.id,
    debugging: says('--debug', '-D', '-debug'),
    style: styleOf(process.stderr.isTTY === true, environment, says('--no-color')),
    interrupted: interrupted(),
    ...(isDockerMachine(program) ? { program, reword: await dockerMachineWords(verb?.id, Object.keys(commands)) } : {}),
  });
  const wantsDocument = verb?.enableJsonFlag === true && says('--json', '-json');
  const isTold = wantsDocument && (await printed(failure.document));
  // The exit code says it where nothing else can.
  if (!isTold) await writeWhole(process.stderr, failure.text).catch(() => {});
  return failure.exitCode;
}

/** False when there is no place for the document: a full disk, which may be why the command failed. */
async function printed(document: object): Promise<boolean> {
  const { printableJson } = await import('./printable.ts');
  const text = withNewline(printableJson(JSON.stringify(document, undefined, 2)));
  return writeWhole(process.stdout, text).then(
    () => true,
    () => false,
  );
}

/** The words that are azdock's, not another program's. */
function ownWords(argv: readonly string[], verb: CommandClass | undefined): readonly string[] {
  const name =
    verb?.passThrough === true ? argv.findIndex((word, at) => argv[at - 1] === verb.id && word[0] !== '-') : -1;
  const end = name === -1 ? argv.indexOf('--') : name;
  return end === -1 ? argv : argv.slice(0, end);
}

async function dockerMachineWords(
  verb: string | undefined,
  verbs: readonly string[],
): Promise<NonNullable<FailureLook['reword']>> {
  const { inDockerMachineWords } = await import('./docker-machine/failure-words.ts');
  return (facts) => inDockerMachineWords(facts, { verb, verbs });
}

async function dockerMachineManner({ commands, surroundings }: Start): Promise<Pick<Surroundings, 'manner'>> {
  if (!isDockerMachine(surroundings.program)) return {};
  const { mannerFor } = await import('./docker-machine/manner.ts');
  return { manner: mannerFor(Object.keys(commands)) };
}
