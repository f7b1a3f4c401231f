import type { PurchasePlan } from '../plan.ts';

/** An image of the marketplace, by the names that make up its URN. */
export interface MarketSku {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
}

/** An image that a region publishes. */
export interface MarketImage extends MarketSku {
  /** azdock's short name for it. */
  readonly alias: string | undefined;
  /** Undefined where it was not asked for: `latest` is the newest, whatever that is. */
  readonly version: string | undefined;
  /** Undefined where too many were found to ask about each. */
  readonly details: MarketDetails | undefined;
}

export interface MarketDetails {
  readonly architecture: 'x64' | 'Arm64' | undefined;
  readonly generation: 'V1' | 'V2' | undefined;
  readonly allowsTrustedLaunch: boolean;
  readonly plan: PurchasePlan | undefined;
  readonly state: 'active' | 'ending' | 'deprecated';
  /** When it ends, or ended: ISO 8601. */
  readonly end: string | undefined;
}

/** `publisher:offer:sku:version`, as `--azure-image` takes it. */
export function urnOf({ publisher, offer, sku }: MarketSku, version: string): string {
  return `${publisher}:${offer}:${sku}:${version}`;
}
