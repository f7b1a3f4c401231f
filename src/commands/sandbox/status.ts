import { sandboxSummary } from '../../cli/sandbox-summary.ts';
import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxStatus extends SandboxCommand {
  static override summary = 'Show what is in the sandbox';
  static override examples = ['azdock sandbox status', 'azdock sandbox status --json'];

  async run(): Promise<void> {
    await this.parse(SandboxStatus);
    const { sandboxStatus } = await import('../../sandbox/client.ts');
    const { directory } = this;
    const found = await this.doing(sandboxStatus(directory));
    if (found === undefined) {
      return this.context.json ? this.printJson({ directory, up: false }) : this.print('The sandbox is down.');
    }
    const { endpoint, pid } = found.discovery;
    const { status } = found;
    if (this.context.json) return this.printJson({ directory, up: true, pid, endpoint, ...Object(status) });
    return this.print(sandboxSummary(endpoint, status));
  }
}
