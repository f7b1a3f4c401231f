import { AzdockCommand } from '../cli/base-command.ts';
import { machineName, yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { findProgram } from '../shell/scripts/program.ts';
import { scriptShellAround } from '../shell/scripts/script-shell.ts';
import { startupLine } from '../shell/scripts/startup-line.ts';
import { systemAncestors } from '../shell/system-ancestors.ts';

export default class Use extends AzdockCommand {
  static override summary = 'Point this shell at a machine';
  static override group = 'Shell' as const;
  static override description =
    'A program cannot change the shell that starts it, so this is a function of the shell: `azdock init SHELL` prints it.';
  static override examples = ['azdock use dev', 'azdock use -u'];
  static override args = { name: machineName() };
  static override flags = {
    unset: yes({ char: 'u', summary: 'Point it at no machine' }),
    'no-proxy': yes({ summary: "Add the machine's address to the no-proxy variable" }),
  };

  async run(): Promise<void> {
    await this.parse(Use);
    const { environment, program } = this.context;
    const { platform, execPath } = process;
    const shell = scriptShellAround(systemAncestors(platform, process.ppid), environment) ?? 'bash';
    const { file, line } = startupLine(shell, findProgram({ ...this.context, platform, node: execPath }));
    throw new UsageError(`\`${program} use\` is a function of the shell: put this line into ${file}:  ${line}`);
  }
}
