import { existsSync } from 'node:fs';
import type { SubscriptionLook } from '../../drivers/azure/leftovers/list-tagged.ts';
import type { AzureOptionValues } from '../../drivers/azure/resolve-options.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { openStore } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { azureDependencies } from '../open-driver.ts';
import type { PruneReport } from './prune-report.ts';
import type { PruneOutcome } from './remove-leftovers.ts';

export interface PruneRequest {
  readonly azure: AzureOptionValues;
  /** Further stores of this computer, absolute. */
  readonly stores: readonly string[];
  readonly allStores: boolean;
  readonly olderThanMs: number;
}

/** A look through a subscription, and what can be done about what it finds. */
export interface Prune {
  readonly report: PruneReport;
  /** @throws the signal's reason when the user interrupts */
  remove(): Promise<PruneOutcome>;
}

/**
 * Looks for what belongs to no machine. Nothing is changed before `remove` is called.
 * @throws UsageError for a store that is none; StoreError, LoginError, ArmError
 */
export async function prune(request: PruneRequest, context: MachineContext): Promise<Prune> {
  for (const root of request.stores)
    if (!existsSync(root)) throw new UsageError(`There is no store at ${root}.`, { resource: '--store' });
  const { findLeftovers } = await import('./find-leftovers.ts');
  const store = openStore(context.storePath, context.clock);
  const stores = [context.storePath, ...request.stores];
  const look = await openLook(request.azure, context);
  const { allStores, olderThanMs } = request;
  const question = { stores, storeId: await store.id(), allStores, olderThanMs, now: new Date() };
  const report = await findLeftovers(question, look, (message) => context.progress.warn(message));
  return {
    report,
    async remove() {
      const { removeLeftovers } = await import('./remove-leftovers.ts');
      return removeLeftovers(report, { look, context, store, stores });
    },
  };
}

async function openLook(azure: AzureOptionValues, context: MachineContext): Promise<SubscriptionLook> {
  const [{ azureOptions }, { openSession }] = await Promise.all([
    import('../../drivers/azure/resolve-options.ts'),
    import('../../drivers/azure/session.ts'),
  ]);
  const { options } = azureOptions(azure);
  return {
    session: await openSession(undefined, options, azureDependencies(context)),
    options,
    signal: context.signal,
  };
}
