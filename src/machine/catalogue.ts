import type { Region } from '../drivers/azure/catalogue/region.ts';
import type { ImageQuestion } from '../drivers/azure/catalogue/images.ts';
import type { MarketImage } from '../drivers/azure/catalogue/market-image.ts';
import type { SizeOffer, SizeQuestion } from '../drivers/azure/catalogue/offers.ts';
import type { CatalogueSource } from '../drivers/azure/catalogue/read-sizes.ts';
import type { AzureOptionValues } from '../drivers/azure/resolve-options.ts';
import type { MachineContext } from './machine-context.ts';
import { azureDependencies } from './open-driver.ts';

export type { ImageQuestion, MarketImage, Region, SizeOffer, SizeQuestion };

/** What stands for the machine's name in texts about failures: there is no machine yet. */
const NOBODY = 'dev';

/** Regions that the subscription can use. @throws UsageError, LoginError, ArmError */
export async function findRegions(azure: AzureOptionValues, context: MachineContext): Promise<readonly Region[]> {
  const { listLocations } = await import('../drivers/azure/catalogue/locations.ts');
  return listLocations(await source(azure, context), context.signal);
}

/**
 * Sizes of one region, the smallest first, each with what stands in the way of making a machine of it now.
 * @throws UsageError when the region is none; LoginError, ArmError
 */
export async function findSizes(
  azure: AzureOptionValues,
  question: SizeQuestion,
  context: MachineContext,
): Promise<readonly SizeOffer[]> {
  const { listOffers } = await import('../drivers/azure/catalogue/offers.ts');
  return listOffers(await source(azure, context), question, context.signal);
}

/** Images of the marketplace that one region publishes. @throws UsageError when region or publisher is none; LoginError, ArmError */
export async function findImages(
  azure: AzureOptionValues,
  question: ImageQuestion,
  context: MachineContext,
): Promise<readonly MarketImage[]> {
  const { listImages } = await import('../drivers/azure/catalogue/images.ts');
  return listImages(await source(azure, context), question, context.signal);
}

async function source(azure: AzureOptionValues, context: MachineContext): Promise<CatalogueSource> {
  const [{ azureOptions }, { openSession }] = await Promise.all([
    import('../drivers/azure/resolve-options.ts'),
    import('../drivers/azure/session.ts'),
  ]);
  const { options } = azureOptions(azure);
  return { session: await openSession(undefined, options, azureDependencies(context)), name: NOBODY, options };
}
