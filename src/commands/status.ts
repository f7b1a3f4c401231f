import { AzdockCommand } from '../cli/base-command.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { machineName } from '../cli/flags.ts';
import { pickName } from '../machine/pick-names.ts';
import { noteOn, stateOf } from '../machine/status.ts';

export default class Status extends AzdockCommand {
  static override summary = 'Print the state of a machine';
  static override description = 'Azure is asked only when the engine does not answer.';
  static override examples = ['azdock status dev', 'test "$(azdock status dev)" = Running'];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };

  async run(): Promise<void> {
    const { args } = await this.parse(Status);
    const name = pickName(this.context.storePath, args.name);
    const state = await stateOf(name, this.context);
    // docker-machine has one word for it, on whichever stream its callers look.
    const note = isDockerMachine(this.context.program) ? undefined : noteOn(name, this.context);
    if (note !== undefined) this.context.progress.warn(`${note}.`);
    if (this.context.json) await this.printJson({ name, state });
    else await this.print(state === 'None' ? '' : state === 'NotFound' ? 'Not Found' : state);
  }
}
