import type { Usage } from '@azure/arm-compute';
import type { Deed } from '../arm-meanings.ts';
import { isNotFound } from '../arm-failure.ts';
import { callOptions } from '../long-running.ts';
import type { AzureOptions } from '../options.ts';
import type { AzureSession } from '../session.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { type CoreQuotas, parseQuotas, unknownQuotas } from './core-quota.ts';
import { squeezeLocation } from './location-name.ts';
import { parseSize } from './parse-size.ts';
import type { SizeFacts } from './size-facts.ts';

/** Sizes of a region, and what this subscription has left to make machines of them. */
export interface SizeCatalogue {
  /** As Azure's answers spell it. */
  readonly location: string;
  /** All that the region has, those kept from this subscription among them. Empty for a region that is none. */
  readonly sizes: readonly SizeFacts[];
  readonly quotas: CoreQuotas;
  /** By name, whatever its case. */
  find(size: string): SizeFacts | undefined;
}

/** Who asks, where, and for which machine; the options speak in the sentence about a failure. */
export interface CatalogueSource {
  readonly session: AzureSession;
  readonly name: string;
  readonly options: AzureOptions;
}

/**
 * Two requests at once: SKUs of one region (megabytes with Azure, which answers for all regions when it is not told which), and
 * usages.
 *
 * @returns without quotas when this login may not read usages
 * @throws ArmError of kind `forbidden` when it may not read SKUs; what else AzureSession.call throws
 */
export async function readSizes(source: CatalogueSource, signal?: AbortSignal): Promise<SizeCatalogue> {
  const { session, name, options } = source;
  const location = squeezeLocation(options.location);
  const deed: Deed = { doing: `list sizes of ${location}`, resource: location, machine: name, options };
  const [sizes, quotas] = await Promise.all([
    session.call(deed, signal, async (to) => {
      const filter = `location eq '${location.replaceAll("'", "''")}'`;
      const found: SizeFacts[] = [];
      for await (const sku of (await to.compute()).resourceSkus.list({ filter, ...callOptions(signal) })) {
        const size = parseSize(sku, location);
        if (size !== undefined) found.push(size);
      }
      return found;
    }),
    unlessForbidden(() =>
      session.call({ ...deed, doing: `read quotas of ${location}` }, signal, async (to) => {
        const usages: Usage[] = [];
        try {
          for await (const usage of (await to.compute()).usage.list(location, callOptions(signal))) usages.push(usage);
        } catch (error) {
          // What the region is, the sizes tell.
          if (!isNotFound(error) && !isNoLocation(error)) throw error;
        }
        return parseQuotas(usages);
      }),
    ),
  ]);
  const byName = new Map(sizes.map((size) => [size.name.toLowerCase(), size]));
  return { location, sizes, quotas: quotas ?? unknownQuotas, find: (size) => byName.get(size.toLowerCase()) };
}

/** A region that is none, as far as Microsoft.Compute goes. */
function isNoLocation(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'LocationNotAvailableForResourceType' || code === 'NoRegisteredProviderFound';
}
