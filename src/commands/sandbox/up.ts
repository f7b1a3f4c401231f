import { resolve } from 'node:path';
import { latencyOf, sandboxFlags, throttlingOf } from './flags.ts';
import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxUp extends SandboxCommand {
  static override summary = 'Start the sandbox: a stand-in Azure on this computer';
  static override description =
    'It goes on in the background until `azdock sandbox down`. --azure-environment sandbox sends every call to it, and starts it ' +
    'when it is down. One that is up already is left as it is, but for what the flags say.';
  static override examples = [
    'azdock sandbox up',
    'azdock sandbox up --docker-extension absent --latency recorded:0.1',
  ];
  static override flags = sandboxFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxUp);
    const latency = latencyOf(flags.latency);
    const throttling = throttlingOf(flags.throttling);
    const { environment, signal, json } = this.context;
    const { setDockerExtension, setLatency, setThrottling, upSandbox } = await import('../../sandbox/client.ts');
    const { directory } = this;
    const extension = flags['docker-extension'];
    const words = [
      ...(flags.guests === undefined ? [] : ['--guests', flags.guests]),
      ...(extension === undefined ? [] : ['--docker-extension', extension]),
      ...(flags.latency === undefined ? [] : ['--latency', flags.latency]),
      ...(flags.throttling === undefined ? [] : ['--throttling', flags.throttling]),
    ];
    // The program that runs now, whatever it is called by.
    const program = resolve(process.argv[1] ?? '');
    const env = { ...environment, AZDOCK_SANDBOX_DIR: directory };
    const command = [process.execPath, program, 'sandbox', 'serve', ...words] as const;
    const { discovery, started } = await this.doing(
      upSandbox({ directory, command: [...command], environment: env, signal }),
    );
    if (!started && extension !== undefined) await this.doing(setDockerExtension(directory, extension));
    if (!started && latency !== undefined) await this.doing(setLatency(directory, latency.profile, latency.factor));
    if (!started && throttling !== undefined)
      await this.doing(setThrottling(directory, throttling.enabled, throttling.factor));
    const { endpoint, guests, guestsNote = null } = discovery;
    if (json) return this.printJson({ directory, endpoint, guests, guestsNote, started });
    const note = guestsNote === null ? '' : ` (${guestsNote})`;
    return this.print(`The sandbox is ${started ? 'up' : 'up already'} at ${endpoint}, with ${guests} guests${note}.`);
  }
}
