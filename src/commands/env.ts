import { AzdockCommand } from '../cli/base-command.ts';
import { machineName, text, yes } from '../cli/flags.ts';
import { connectionOf } from '../machine/connection.ts';
import { dockerVariableNames, dockerVariables } from '../machine/docker-variables.ts';
import { pickName } from '../machine/pick-names.ts';
import { UsageError } from '../errors/usage-error.ts';
import { detectShell } from '../shell/detect.ts';
import { addToNoProxy, type NoProxyChange, removeFromNoProxy } from '../shell/no-proxy.ts';
import { renderEnvironment } from '../shell/render-environment.ts';
import { systemAncestors } from '../shell/system-ancestors.ts';

const NOTHING: NoProxyChange = { set: [], unset: [] };

/** What is to be printed for the shell. */
type Change = NoProxyChange & { readonly clear: readonly string[] };

export default class Env extends AzdockCommand {
  static override summary = 'Print the commands that point a shell at a machine';
  static override group = 'Shell' as const;
  static override description =
    'The engine has to answer first, so that a shell is never pointed at a machine that does not work.';
  static override examples = [
    'eval "$(azdock env dev)"',
    'azdock env --shell fish dev | source',
    'eval "$(azdock env --unset)"',
  ];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };
  static override flags = {
    shell: text({ summary: 'Shell to write for; without it the one that asks is found out', helpValue: 'SHELL' }),
    unset: yes({ char: 'u', summary: 'Print the commands that take the variables back' }),
    'no-proxy': yes({ summary: "Add the machine's address to the no-proxy variable" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Env);
    const { environment, json } = this.context;
    if (flags.unset && args.name !== undefined)
      throw new UsageError('Expected no machine name when the -u flag is present');
    const change = flags.unset ? this.#taken(flags['no-proxy']) : await this.#given(args.name, flags['no-proxy']);
    if (json) return this.printJson({ set: Object.fromEntries(change.set), unset: [...change.clear, ...change.unset] });
    const { shell, notice } = detectShell({
      requested: flags.shell,
      environment,
      platform: process.platform,
      ancestors: systemAncestors(process.platform, process.ppid),
    });
    const hint = { command: this.context.commandLine };
    const { text: lines, aside } = renderEnvironment({ shell, ...change, hint });
    if (notice !== undefined) this.context.progress.info(notice);
    if (aside !== undefined && this.context.stdoutIsTerminal) this.context.progress.info(aside.trimEnd());
    await this.printExactly(lines);
  }

  async #given(name: string | undefined, noProxy: boolean): Promise<Change> {
    const { environment, storePath } = this.context;
    const connection = await connectionOf(pickName(storePath, name), this.context);
    // No proxy comes between docker and a socket.
    const isDirect = connection.socket !== undefined;
    const proxy = noProxy && !isDirect ? addToNoProxy(environment, connection.host) : NOTHING;
    const { set, clear } = dockerVariables(connection, process.platform);
    return { set: [...set, ...proxy.set], clear, unset: proxy.unset };
  }

  #taken(noProxy: boolean): Change {
    const proxy = noProxy ? removeFromNoProxy(this.context.environment) : NOTHING;
    return { set: proxy.set, clear: [], unset: [...dockerVariableNames(process.platform), ...proxy.unset] };
  }
}
