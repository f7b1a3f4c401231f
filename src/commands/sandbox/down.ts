import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxDown extends SandboxCommand {
  static override summary = 'Stop the sandbox and its guests; what is in it stays for the next time';
  static override examples = ['azdock sandbox down'];

  async run(): Promise<void> {
    await this.parse(SandboxDown);
    const { downSandbox } = await import('../../sandbox/client.ts');
    const wasUp = await this.doing(downSandbox(this.directory));
    if (this.context.json) await this.printJson({ directory: this.directory, wasUp });
    else await this.print(wasUp ? 'The sandbox is down.' : 'The sandbox was down already.');
  }
}
