import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';
import type { UpgradedMachine } from '../machine/upgrade.ts';

export default class Upgrade extends AzdockCommand {
  static override summary = 'Upgrade Docker on machines';
  static override description =
    "Upgrades the package that the engine comes from with the host's own package manager, over SSH. The engine restarts only " +
    'when there was something newer. A machine that is stopped is started.';
  static override examples = ['azdock upgrade dev', 'azdock upgrade $(azdock ls -q --filter state=Running)'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Upgrade);
    const names = pickNames(this.context.storePath, args.names);
    const { upgradeMachines } = await import('../machine/upgrade.ts');
    const outcome = await upgradeMachines(names, this.context);
    await printOutcome(this, outcome, { key: 'upgraded', line: sentence });
  }
}

function sentence({ name, from, to, package: own, upgraded }: UpgradedMachine): string {
  if (upgraded.length === 0)
    return `${name} already has the newest Docker that its package sources offer: ${own}, ${to}.`;
  const what = upgraded.map((one) => `${one.name} ${one.from} to ${one.to}`).join(', ');
  return from === to
    ? `${name} still runs Docker ${to}; upgraded were ${what}.`
    : `${name} was upgraded from Docker ${from} to ${to}: ${what}.`;
}
