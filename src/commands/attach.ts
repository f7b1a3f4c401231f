import { string as stringArgument } from '@oclif/core/args';
import { attachableTable, attachedLine } from '../cli/attach-report.ts';
import { catalogueValues, subscriptionFlags } from '../cli/azure-flags/catalogue.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { yes } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { UsageError } from '../errors/usage-error.ts';

export default class Attach extends AzdockCommand {
  static override summary = 'Use machines that a colleague made, or whose records are lost';
  static override description =
    'Without names it lists the machines of the subscription that this store does not have. With names it makes their records, from ' +
    'what Azure and the hosts know of them, and gets access: an SSH key, and a client certificate of this store’s own CA, which the ' +
    'engine then lets in beside its own; for that it restarts once, and its containers run on. Whoever made the machine keeps ' +
    'access. It takes the role Virtual Machine Contributor; with less there is a record alone. The same command renews access ' +
    'that was lost, as when DockerExtension was given new certificates by the store that made the machine. azdock rm forgets an attached ' +
    'machine here and leaves it in Azure, unless --with-vm is given.';
  static override examples = [
    'azdock attach',
    'azdock attach build',
    'azdock attach --all',
    'azdock attach team:build',
  ];
  static override enableJsonFlag = true;
  static override args = {
    names: stringArgument({
      multiple: true,
      ignoreStdin: true,
      default: [],
      description:
        'Machines, as their tag azdock-machine says, or GROUP:NAME; without any, those that there are are listed',
    }),
  };
  static override flags = {
    all: yes({ summary: 'All machines of the subscription that this store does not have' }),
    ...subscriptionFlags,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Attach);
    if (flags.all && args.names.length > 0)
      throw new UsageError('--all and names do not go together.', { resource: '--all' });
    const { attachable, openSubscription, pickMachine, shown } = await import('../machine/attach/find-attachable.ts');
    const subscription = await openSubscription(catalogueValues(flags), this.context);
    const free = attachable(subscription, this.context);
    if (!flags.all && args.names.length === 0) {
      const listed = free.map((machine) => shown(machine, subscription.storeId));
      return this.context.json ? this.printJson(listed) : this.print(attachableTable(listed, new Date()));
    }
    const chosen = flags.all ? free : [...new Set(args.names)].map((name) => pickMachine(name, subscription));
    const { attachMachines } = await import('../machine/attach/attach.ts');
    const outcome = await attachMachines(chosen, subscription, this.context);
    await printOutcome(this, outcome, { key: 'attached', line: attachedLine });
  }
}
