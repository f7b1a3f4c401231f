import { latencyOf, sandboxFlags, throttlingOf } from './flags.ts';
import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxServe extends SandboxCommand {
  static override summary = 'Be the sandbox, in the foreground';
  static override hidden = true;
  static override examples = ['azdock sandbox serve --guests simulated'];
  static override flags = sandboxFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxServe);
    const { serveSandbox } = await import('../../sandbox/daemon.ts');
    const extension = flags['docker-extension'];
    const latency = latencyOf(flags.latency);
    const throttling = throttlingOf(flags.throttling);
    await this.doing(
      serveSandbox({
        directory: this.directory,
        guests: flags.guests ?? 'auto',
        ...(extension === undefined ? {} : { dockerExtension: extension }),
        ...(latency === undefined ? {} : { latency }),
        ...(throttling === undefined ? {} : { throttling }),
      }),
    );
  }
}
