import { resolve } from 'node:path';
import { parseAge } from '../cli/age.ts';
import { catalogueValues, subscriptionFlags } from '../cli/azure-flags/catalogue.ts';
import { AzdockCommand } from '../cli/base-command.ts';
import { repeated, text, yes } from '../cli/flags.ts';
import { pruneDocument, pruneTable } from '../cli/prune-report.ts';
import { confirmPrune } from '../cli/prune-question.ts';
import { AzdockError } from '../errors/azdock-error.ts';
import type { PruneOutcome } from '../machine/prune/remove-leftovers.ts';
import type { Prune as Pruning } from '../machine/prune/prune.ts';

export default class Prune extends AzdockCommand {
  static override summary = 'Find what belongs to no machine any more in a subscription, and remove it';
  static override group = 'Azure' as const;
  static override description =
    'Looks through all resource groups, by the tags that azdock gives. Left over is what this store made and has no record of, ' +
    'networks, availability sets, proximity placement groups and resource groups that azdock made and nobody uses. Machines of ' +
    'other stores cannot be told from lost ones: they are left alone unless --all-stores is given. On a terminal it shows what it ' +
    'found, asks, and removes; without one it only shows, unless --yes is given.';
  static override examples = [
    'azdock prune',
    'azdock prune --yes --older-than 12h',
    'azdock prune --store ~/other/machine --dry-run',
    'azdock prune --all-stores --dry-run',
  ];
  static override enableJsonFlag = true;
  static override flags = {
    'dry-run': yes({ summary: 'Only show' }),
    yes: yes({ char: 'y', summary: 'Do not ask' }),
    'older-than': text({
      default: '1h',
      helpValue: 'AGE',
      summary: 'Leave alone what is younger (90s, 30m, 1h, 2d), since somebody may just be making it; 0 spares nothing',
    }),
    store: repeated({
      helpValue: 'DIR',
      summary: 'A further store of this computer, whose machines are no leftovers; may be repeated',
    }),
    'all-stores': yes({
      summary: "Also what other stores made: a colleague's machine would go, with all that is on its disks",
    }),
    confirm: text({
      helpValue: 'SUBSCRIPTION_ID',
      summary: 'With --all-stores and --yes: the id of the subscription, which a terminal asks for',
    }),
    ...subscriptionFlags,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Prune);
    const { cwd, json } = this.context;
    const olderThanMs = parseAge(flags['older-than'], 'older-than');
    const { prune } = await import('../machine/prune/prune.ts');
    const pruning = await prune(
      {
        azure: catalogueValues(flags),
        stores: flags.store.map((dir) => resolve(cwd, dir)),
        allStores: flags['all-stores'],
        olderThanMs,
      },
      this.context,
    );
    const now = new Date();
    if (!json) await this.print(pruneTable(pruning.report, now));
    const mayRemove = !flags['dry-run'] && (await confirmPrune(pruning.report, flags, this.context));
    const outcome: PruneOutcome = mayRemove ? await pruning.remove() : { removed: [], failures: [] };
    await this.#finish(pruning, outcome, { now, mayRemove });
  }

  async #finish(
    { report }: Pruning,
    { removed, failures }: PruneOutcome,
    { now, mayRemove }: { readonly now: Date; readonly mayRemove: boolean },
  ): Promise<void> {
    const { json, debugging, interrupted } = this.context;
    const document = pruneDocument(report, removed, now);
    if (json && failures.length === 0) await this.printJson(document);
    if (!json && mayRemove)
      await this.print(`Removed ${removed.length === 1 ? '1 resource' : `${removed.length} resources`}.`);
    if (failures.length === 0) return;
    const { notWholly } = await import('../machine/prune/not-wholly.ts');
    const error = notWholly(failures);
    if (!json || !(error instanceof AzdockError)) throw error;
    const { failureDocument } = await import('../cli/errors.ts');
    await this.printJson({ ...document, ...failureDocument(error, 'prune', debugging) });
    this.endLike(interrupted ?? error.exitCode);
  }
}
