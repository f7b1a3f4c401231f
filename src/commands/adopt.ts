import { string as stringArgument } from '@oclif/core/args';
import { adoptFlags, adoptValues } from '../cli/adopt-flags.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { duration } from '../cli/duration.ts';
import { UsageError } from '../errors/usage-error.ts';

export default class Adopt extends AzdockCommand {
  static override summary = 'Make a machine of a virtual machine that you have on Azure';
  static override description =
    'Gives a running Linux VM an engine with certificates of this store, and a record, so that every command works on it. Docker is ' +
    'installed where there is none; where there is, its containers run on. azdock changes this, and nothing else: it adds three tags ' +
    'to the VM, an SSH key of its own for the VM’s admin user (by Azure’s run command, or over SSH with --ssh-key), its extension, ' +
    'and the engine’s settings. Networks and security groups stay as they are: the port of the engine has to be open, or ' +
    '--tunnel given. azdock rm takes extension and tags off and leaves the VM alone, unless --with-vm is given. An adoption that ' +
    'broke off is gone on with by the same command.';
  static override examples = [
    'azdock adopt web --azure-vm /subscriptions/SUB/resourceGroups/prod/providers/Microsoft.Compute/virtualMachines/web-1',
    'azdock adopt web --azure-vm prod:web-1 --tunnel',
    'azdock adopt web --azure-vm prod:web-1 --azure-provisioner ssh --ssh-key ~/.ssh/id_ed25519',
  ];
  static override enableJsonFlag = true;
  static override args = {
    name: stringArgument({ ignoreStdin: true, description: 'Name of the machine that it becomes' }),
  };
  static override flags = adoptFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Adopt);
    const { environment, cwd, progress, json, program } = this.context;
    const { name } = args;
    const vm = flags['azure-vm'];
    if (name === undefined || vm === undefined)
      throw new UsageError(
        'adopt needs a name for the machine, and the virtual machine: azdock adopt NAME --azure-vm ID',
        {
          resource: name === undefined ? 'NAME' : '--azure-vm',
          nextSteps: [{ label: 'All ids', command: 'az vm list --query "[].id" -o tsv' }],
        },
      );
    const input = await adoptValues({ name, vm }, flags, { environment, input: process.stdin });
    const { readAdoptInput } = await import('../machine/adopt/read-adopt-input.ts');
    const { adoptMachine } = await import('../machine/adopt/adopt.ts');
    const { request, warnings } = await readAdoptInput(input, cwd);
    for (const warning of warnings) progress.warn(warning);
    const adopted = await adoptMachine(request, this.context);
    if (json) return this.printJson(adopted);
    return this.print(
      `${name} is running Docker ${adopted.engineVersion} at ${adopted.url} after ${duration(adopted.elapsedMs)}.\n` +
        `Point your shell at it:  eval "$(${program} env ${name})"`,
    );
  }
}
