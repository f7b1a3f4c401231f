import type { PurchasePlan } from '../../marketplace/agreements.ts';

/** What a machine's OS disk is made from, wherever that comes from. */
export interface ImageSource {
  readonly generation: 'V1' | 'V2';
  readonly architecture: 'x64' | 'Arm64';
  /** Size of its OS disk, which a machine's can exceed and not fall below. */
  readonly sizeGiB: number;
  readonly supportsTrustedLaunch: boolean;
  /** The version that `latest` or a definition's id meant; none for managed images, which have no versions. */
  readonly exactVersion?: string;
  /** What must have been bought to use it. */
  readonly plan?: PurchasePlan;
  /** The platform image that guests made from it call themselves. */
  readonly release: { readonly publisher: string; readonly offer: string; readonly sku: string };
}

/** Size of the OS disk of Canonical's images, in GiB. */
export const usualSizeGiB = 30;

/** What guests from images of unknown origin call themselves. */
export const usualRelease = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
