import { UsageError } from '../../../errors/usage-error.ts';
import type { Deed } from '../arm-meanings.ts';
import { callOptions } from '../long-running.ts';
import { closest } from './closeness.ts';
import { squeezeLocation } from './location-name.ts';
import type { CatalogueSource } from './read-sizes.ts';
import { parseRegions, type Region } from './region.ts';

/** The list of regions has no client in the SDK's packages that azdock has (Microsoft.Resources, subscriptions.json). */
const API_VERSION = '2022-12-01';

/**
 * Regions that this subscription can use, as Azure lists them.
 *
 * @throws what AzureSession.call throws
 */
export async function listLocations(
  { session, name, options }: CatalogueSource,
  signal?: AbortSignal,
): Promise<readonly Region[]> {
  const { subscriptionId } = session;
  const deed: Deed = { doing: 'list regions', resource: subscriptionId, machine: name, options };
  return session.call(deed, signal, async (to) => {
    const path = `/subscriptions/${encodeURIComponent(subscriptionId)}/locations`;
    return parseRegions(await to.request({ method: 'GET', path, apiVersion: API_VERSION, ...callOptions(signal) }));
  });
}

/** @throws UsageError when the region that the options name is none that this subscription can use; it names the one most like it */
export async function requireLocation(source: CatalogueSource, signal?: AbortSignal): Promise<void> {
  const wanted = squeezeLocation(source.options.location);
  const known = await listLocations(source, signal);
  if (known.some(({ name }) => name === wanted)) return;
  throw unknownLocation(source.options.location, known);
}

/** The refusal of a region that is none. */
export function unknownLocation(location: string, known: readonly Region[]): UsageError {
  const names = known.map(({ name }) => name);
  const near = closest(squeezeLocation(location), names);
  return new UsageError(
    `--azure-location: there is no region ${location} for this subscription.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    {
      resource: '--azure-location',
      nextSteps: [{ label: 'All regions', command: 'azdock locations' }],
    },
  );
}
