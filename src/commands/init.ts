import { AzdockCommand } from '../cli/base-command.ts';
import { shellArgument } from './shell-argument.ts';

export default class Init extends AzdockCommand {
  static override summary =
    'Print what a shell should run when it starts: azdock use, completion, a helper for prompts';
  static override group = 'Shell' as const;
  static override description =
    'With it `azdock use NAME` points the shell at a machine and `azdock use -u` takes that back, verbs and machines are completed, ' +
    'and azdock_prompt prints the machine in use, from a variable of the shell.';
  static override examples = [
    'eval "$(azdock init bash)"     # in ~/.bashrc; likewise zsh in ~/.zshrc',
    'azdock init fish | source      # in ~/.config/fish/config.fish',
    'azdock init powershell | Out-String | Invoke-Expression   # in $PROFILE',
  ];
  static override args = { shell: shellArgument() };

  async run(): Promise<void> {
    const { args } = await this.parse(Init);
    const { SCRIPTS } = await import('../shell/scripts/scripts.ts');
    const { findProgram } = await import('../shell/scripts/program.ts');
    const { platform, execPath } = process;
    return this.printExactly(SCRIPTS[args.shell].startup(findProgram({ ...this.context, platform, node: execPath })));
  }
}
