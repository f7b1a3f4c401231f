import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxReset extends SandboxCommand {
  static override summary = 'Remove all resources, guests and faults of the sandbox';
  static override description =
    'When the sandbox is down, everything that it keeps is removed, its identity and CA included.';
  static override examples = ['azdock sandbox reset'];

  async run(): Promise<void> {
    await this.parse(SandboxReset);
    const { resetSandbox } = await import('../../sandbox/client.ts');
    await this.doing(resetSandbox(this.directory));
    if (this.context.json) await this.printJson({ directory: this.directory });
    else await this.print('The sandbox is empty.');
  }
}
