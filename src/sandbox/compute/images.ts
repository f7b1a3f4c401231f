import { imageTable } from './image-table.ts';

/** A purchase plan: who uses the image has to name it, and to have accepted its terms. */
export interface ImagePlan {
  readonly publisher: string;
  readonly product: string;
  readonly name: string;
}

/** A platform image that the sandbox's regions publish. */
export interface Image {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** Oldest first. */
  readonly versions: readonly string[];
  readonly generation: 'V1' | 'V2';
  readonly architecture: 'x64' | 'Arm64';
  /** Value of feature `SecurityType`; undefined for images without it. */
  readonly securityType: 'TrustedLaunchSupported' | 'TrustedLaunchAndConfidentialVmSupported' | undefined;
  readonly diskControllers: readonly ('SCSI' | 'NVMe')[];
  readonly plan: ImagePlan | undefined;
  /** Size of its OS disk in GiB: no disk that is made of it may be smaller. */
  readonly sizeGiB: number;
  /** A deprecated image is listed, but nothing can be made of it. */
  readonly state: 'Active' | 'ScheduledForDeprecation' | 'Deprecated';
  /** When it is or was deprecated, ISO 8601; undefined for active ones. */
  readonly deprecation: string | undefined;
}

export const images: readonly Image[] = imageTable;

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Images of that publisher, offer and SKU; leave out from the right to widen. */
export function findImages(publisher: string, offer?: string, sku?: string): readonly Image[] {
  return images.filter(
    (image) =>
      same(image.publisher, publisher) &&
      (offer === undefined || same(image.offer, offer)) &&
      (sku === undefined || same(image.sku, sku)),
  );
}

/** The version that a reference means: the newest for `latest`. Undefined when there is no such one. */
export function findVersion(image: Image, version: string): string | undefined {
  return same(version, 'latest') ? image.versions.at(-1) : image.versions.find((one) => one === version);
}
