import { AzdockCommand } from '../cli/base-command.ts';
import { machineName } from '../cli/flags.ts';
import { connectionOf } from '../machine/connection.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Config extends AzdockCommand {
  static override summary = 'Print the options that point the docker command at a machine';
  static override group = 'Shell' as const;
  static override description = 'The engine has to answer first.';
  static override examples = ['docker $(azdock config dev) info'];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };

  async run(): Promise<void> {
    const { args } = await this.parse(Config);
    const name = pickName(this.context.storePath, args.name);
    const { url, files } = await connectionOf(name, this.context);
    if (files === undefined) return this.#printSocket(url);
    const { ca, cert, key } = files;
    if (this.context.json) return this.printJson({ host: url, tlsVerify: true, ca, cert, key });
    // JSON quotes as Go's %q does, which docker-machine uses here, for all but some control characters.
    const paths = [
      `--tlscacert=${JSON.stringify(ca)}`,
      `--tlscert=${JSON.stringify(cert)}`,
      `--tlskey=${JSON.stringify(key)}`,
    ];
    return this.printExactly(['--tlsverify', ...paths, `-H=${url}`].join('\n'));
  }

  /** A machine with a tunnel: SSH has seen to everything that TLS does elsewhere. */
  #printSocket(url: string): Promise<void> {
    const { environment, progress, json, program } = this.context;
    if (json) return this.printJson({ host: url, tlsVerify: false, ca: null, cert: null, key: null });
    // No flag of docker's takes that back.
    if ((environment['DOCKER_TLS_VERIFY'] ?? '') !== '')
      progress.warn(
        `DOCKER_TLS_VERIFY is set, with which docker cannot use a socket: ${program} env -u takes it back.`,
      );
    return this.printExactly(`-H=${url}`);
  }
}
