import { AzdockCommand } from '../cli/base-command.ts';
import { runForeground } from '../cli/foreground.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';

export default class Scp extends AzdockCommand {
  static override summary = 'Copy files to, from and between machines';
  static override group = 'Host' as const;
  static override description =
    'A place is PATH, localhost:PATH or [USER@]MACHINE:PATH; C:\\PATH is a drive. Between two machines the data comes by this ' +
    'computer. The scp of this computer does it; without one, or with --native-ssh, SFTP. Links to files are ' +
    'followed; links to directories inside a directory are left out, and named.';
  static override examples = [
    'azdock scp compose.yaml dev:',
    'azdock scp -r dev:/var/log/nginx logs',
    'azdock scp -r -d site/ dev:/srv/site/',
  ];
  static override args = { places: machineNames('Source and target') };
  static override flags = {
    recursive: yes({ char: 'r', summary: 'Copy directories with all that is in them' }),
    delta: yes({ char: 'd', summary: 'Send only what has changed, with rsync' }),
    quiet: yes({ char: 'q', summary: 'No progress' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Scp);
    const [source, target, ...more] = args.places;
    if (source === undefined || target === undefined || more.length > 0) {
      throw new UsageError(`scp takes two places, a source and a target, not ${args.places.length}.`, {
        nextSteps: [{ label: 'How it is used', command: 'azdock scp --help' }],
      });
    }
    const { cwd, nativeSsh: native, stderrIsTerminal: watched } = this.context;
    const { recursive, delta, quiet } = flags;
    const programs = { run: runForeground };
    const { scp } = await import('../machine/scp.ts');
    this.endLike(await scp({ source, target, recursive, delta, quiet, watched, native, cwd, programs }, this.context));
  }
}
