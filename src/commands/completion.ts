import { AzdockCommand } from '../cli/base-command.ts';
import { shellArgument } from './shell-argument.ts';

export default class Completion extends AzdockCommand {
  static override summary = 'Print what teaches a shell to complete commands, flags and machines';
  static override group = 'Shell' as const;
  static override description =
    'Machines are completed from the store; nothing is asked of Azure. `azdock init SHELL` prints this too, with `azdock use`. ' +
    'For `docker machine` docker completes by itself.';
  static override examples = [
    'eval "$(azdock completion bash)"',
    'azdock completion zsh > ~/.zfunc/_azdock',
    'azdock completion fish > ~/.config/fish/completions/azdock.fish',
    'azdock completion powershell | Out-String | Invoke-Expression',
  ];
  static override args = { shell: shellArgument() };

  async run(): Promise<void> {
    const { args } = await this.parse(Completion);
    const { SCRIPTS } = await import('../shell/scripts/scripts.ts');
    const { findProgram } = await import('../shell/scripts/program.ts');
    const { platform, execPath } = process;
    return this.printExactly(
      SCRIPTS[args.shell].completion(findProgram({ ...this.context, platform, node: execPath })),
    );
  }
}
