import { AzdockCommand } from '../cli/base-command.ts';
import { runForeground } from '../cli/foreground.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';

export default class Mount extends AzdockCommand {
  static override summary = 'Mount a directory of a machine on this computer, or take that back';
  static override group = 'Host' as const;
  static override description =
    'The source is [[USER@]MACHINE:]PATH; without a machine, of the one called "default". Without a mount point it is the same ' +
    'path on this computer. sshfs does it, and fusermount takes it back.';
  static override examples = ['azdock mount dev:/srv/site site', 'azdock mount -u dev:/srv/site site'];
  static override args = { places: machineNames('Source and mount point') };
  static override flags = { unmount: yes({ char: 'u', summary: 'Take a mount back' }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Mount);
    const [source, mountPoint, ...more] = args.places;
    if (source === undefined || more.length > 0) {
      throw new UsageError(`mount takes a source and a mount point, not ${args.places.length} places.`, {
        nextSteps: [{ label: 'How it is used', command: 'azdock mount --help' }],
      });
    }
    const { mount, unmount } = await import('../machine/mount.ts');
    const request = { source, mountPoint, cwd: this.context.cwd, programs: { run: runForeground } };
    this.endLike(await (flags.unmount ? unmount(request, this.context) : mount(request, this.context)));
  }
}
