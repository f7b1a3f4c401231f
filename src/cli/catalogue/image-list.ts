import type { MarketImage } from '../../machine/catalogue.ts';
import { tabulate } from '../table.ts';

/** The table that `images` prints. @param allVersions each row is one version, and not what `latest` means */
export function imageTable(images: readonly MarketImage[], allVersions: boolean): string {
  const rows = images.map((image) => [
    image.alias ?? '-',
    urn(image, allVersions),
    image.details?.architecture ?? '-',
    image.details?.generation ?? '-',
    image.version ?? '-',
    notes(image) || '-',
  ]);
  return tabulate([['ALIAS', 'IMAGE', 'ARCH', 'GEN', 'VERSION', 'NOTES'], ...rows]);
}

/** The same as JSON, with stable keys. What was not asked about is null. */
export function imageDocument(images: readonly MarketImage[], allVersions: boolean): object[] {
  return images.map((image) => ({
    alias: image.alias ?? null,
    urn: urn(image, allVersions),
    publisher: image.publisher,
    offer: image.offer,
    sku: image.sku,
    version: image.version ?? null,
    architecture: image.details?.architecture ?? null,
    generation: image.details?.generation ?? null,
    trustedLaunch: image.details?.allowsTrustedLaunch ?? null,
    plan: image.details?.plan ?? null,
    state: image.details?.state ?? null,
    end: image.details?.end ?? null,
  }));
}

function urn({ publisher, offer, sku, version }: MarketImage, allVersions: boolean): string {
  return `${publisher}:${offer}:${sku}:${allVersions ? (version ?? 'latest') : 'latest'}`;
}

function notes({ details }: MarketImage): string {
  if (details === undefined) return '';
  const day = details.end?.slice(0, 10);
  return [
    ...(details.plan === undefined ? [] : ['has a purchase plan']),
    ...(details.generation === 'V2' && !details.allowsTrustedLaunch ? ['no Trusted Launch'] : []),
    ...(details.state === 'ending' ? [`ends ${day ?? 'soon'}`] : []),
    ...(details.state === 'deprecated'
      ? [`deprecated${day === undefined ? '' : ` since ${day}`}, cannot be used`]
      : []),
  ].join(', ');
}
