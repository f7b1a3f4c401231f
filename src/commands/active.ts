import { AzdockCommand } from '../cli/base-command.ts';
import { seconds } from '../cli/flags.ts';
import { activeMachine } from '../machine/active.ts';

export default class Active extends AzdockCommand {
  static override summary = 'Print the machine that the shell points at';
  static override group = 'Shell' as const;
  static override description = 'The machine whose URL is in DOCKER_HOST, if it runs.';
  static override examples = ['azdock active', 'azdock stop "$(azdock active)"'];
  static override enableJsonFlag = true;
  static override flags = {
    timeout: seconds({ char: 't', summary: 'How long it may take', default: 10 }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Active);
    const { environment, json } = this.context;
    const question = { dockerHost: environment['DOCKER_HOST'], timeoutMs: flags.timeout * 1000 };
    const name = await activeMachine(question, this.context);
    if (json) await this.printJson({ name });
    else await this.printExactly(name);
  }
}
