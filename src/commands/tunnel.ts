import { AzdockCommand } from '../cli/base-command.ts';
import { machineName, yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { pickName } from '../machine/pick-names.ts';
import type { TunnelStatus } from '../machine/tunnel/tunnel-status.ts';

export default class Tunnel extends AzdockCommand {
  static override summary = 'Keep the tunnel to a machine whose engine has no port';
  static override group = 'Shell' as const;
  static override description =
    'A machine made with --tunnel opens no port for Docker: a socket of this computer leads through SSH to its engine. ' +
    '`azdock env` and its like put the tunnel up when it is wanted, and a process in the background keeps it until the ' +
    'machine is stopped or removed. This verb does the same by hand.';
  static override examples = ['azdock tunnel dev', 'azdock tunnel dev --status', 'azdock tunnel dev --stop'];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };
  static override flags = {
    status: yes({ summary: 'Tell how the tunnel is', exclusive: ['stop', 'foreground', 'serve'] }),
    stop: yes({
      summary: 'End it; programs that are connected through it are cut off',
      exclusive: ['foreground', 'serve'],
    }),
    foreground: yes({ summary: 'Keep it here until interrupted, and tell what happens to it', exclusive: ['serve'] }),
    /** What the process in the background is called with. */
    serve: yes({ summary: 'Keep it, with a log beside the record', hidden: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Tunnel);
    const name = pickName(this.context.storePath, args.name);
    if (flags.serve) return this.#serve(name);
    if (flags.foreground) return this.#keep(name);
    if (flags.stop) return this.#stop(name);
    const { tunnelStatus } = await import('../machine/tunnel/tunnel-status.ts');
    const before = await tunnelStatus(name, this.context);
    if (flags.status) return this.#tell(before);
    const { connectionOf } = await import('../machine/connection.ts');
    await connectionOf(name, this.context);
    return this.#tell(await tunnelStatus(name, this.context));
  }

  async #tell(status: TunnelStatus): Promise<void> {
    if (this.context.json) return this.printJson(status);
    const { name, state, url, pid, since, problem, log } = status;
    if (state === 'down') return this.print(`The tunnel of ${name} is down.`);
    if (state === 'up') return this.print(`The tunnel of ${name} is up at ${url}: process ${pid}, since ${since}.`);
    return this.print(
      `The tunnel of ${name} is kept by process ${pid}, but its engine does not answer. ${problem}\nLog: ${log}`,
    );
  }

  async #stop(name: string): Promise<void> {
    const { tunnelStatus } = await import('../machine/tunnel/tunnel-status.ts');
    await tunnelStatus(name, this.context);
    const { stopTunnel } = await import('../machine/tunnel/stop-tunnel.ts');
    const stopped = await stopTunnel(name, this.context);
    if (this.context.json) return this.printJson({ name, stopped });
    return this.print(stopped ? `The tunnel of ${name} has ended.` : `The tunnel of ${name} was down.`);
  }

  async #keep(name: string): Promise<void> {
    const { keepTunnel } = await import('../machine/tunnel/keep-tunnel.ts');
    const { progress } = this.context;
    const other = await keepTunnel({
      machine: name,
      context: this.context,
      log: (line) => progress.info(`${name}: ${line}`),
      onReady: (socket) => this.printExactly(`unix://${socket}`),
    });
    if (other === undefined) return;
    throw new UsageError(`Another process keeps the tunnel of ${name} at unix://${other.keptAt}.`, {
      resource: name,
      nextSteps: [{ label: 'End that one', command: `azdock tunnel ${name} --stop` }],
    });
  }

  async #serve(name: string): Promise<void> {
    const [{ keepTunnel }, { tunnelLog }] = await Promise.all([
      import('../machine/tunnel/keep-tunnel.ts'),
      import('../machine/tunnel/bounded-log.ts'),
    ]);
    const tell = () => this.printJson({ ready: true });
    const log = tunnelLog(name, this.context);
    const other = await keepTunnel({ machine: name, context: this.context, log, onReady: tell });
    if (other !== undefined) await tell();
  }
}
