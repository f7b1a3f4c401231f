import type { ArmClients } from '../clients.ts';
import type { PurchasePlan } from '../plan.ts';

/** What Azure tells about an image, whatever kind it is. */
export interface ImageFacts {
  /** Undefined where Azure does not tell. */
  readonly generation: 'V1' | 'V2' | undefined;
  readonly architecture: 'x64' | 'Arm64' | undefined;
  /** True when it is of generation 2 and its publisher does not rule out Trusted Launch. */
  readonly allowsTrustedLaunch: boolean;
  /** What a machine made of it cannot do without. */
  readonly requiredSecurity: 'trusted-launch' | 'confidential' | undefined;
  /** What has to be bought to use it, though it may cost nothing. */
  readonly plan: PurchasePlan | undefined;
  /** Of its OS disk, in GiB: no disk made of it may be smaller. */
  readonly sizeGiB: number | undefined;
  /** How disks can be attached to machines made of it; `SCSI` alone where nothing is said. */
  readonly diskControllers: readonly string[];
}

/** What was found: the facts, and what may rule the image out. */
export interface FoundImage {
  readonly facts: ImageFacts;
  readonly osType: string | undefined;
  /** `Generalized`, or `Specialized` for a copy of one machine, user and all. */
  readonly osState: string | undefined;
  /** Azure makes no new machines of it. */
  readonly isDeprecated: boolean;
  /** Regions that have it, where that is not the one that was asked. Undefined: it is there. */
  readonly elsewhere: readonly string[] | undefined;
}

/** Where an image is looked for. */
export interface ImagePlace {
  readonly location: string;
  readonly clients: ArmClients;
  readonly signal: AbortSignal | undefined;
}

/** The parts of an answer that images of the marketplace and of galleries have in common. */
export interface DescribedImage {
  readonly hyperVGeneration?: string | undefined;
  readonly architecture?: string | undefined;
  readonly features?: readonly { readonly name?: string; readonly value?: string }[] | undefined;
}

/** Value of a feature by its name; empty when the image does not have it. */
export function featureOf({ features }: DescribedImage, wanted: string): string {
  return features?.find(({ name }) => name?.toLowerCase() === wanted.toLowerCase())?.value ?? '';
}

/** Reads what kinds of images have in common. */
export function commonFacts(image: DescribedImage): Omit<ImageFacts, 'plan' | 'sizeGiB'> {
  const generation = generationOf(image.hyperVGeneration);
  const security = featureOf(image, 'SecurityType');
  const controllers = featureOf(image, 'DiskControllerTypes')
    .split(/\s*,\s*/)
    .filter(Boolean);
  return {
    generation,
    architecture: image.architecture === undefined ? undefined : /^arm64$/i.test(image.architecture) ? 'Arm64' : 'x64',
    allowsTrustedLaunch: generation === 'V2' && /trustedlaunch/i.test(security),
    // learn.microsoft.com, "Azure Compute Gallery", image definitions: without "Supported" it is a demand.
    requiredSecurity: /^trustedlaunch$/i.test(security)
      ? 'trusted-launch'
      : /^confidentialvm$/i.test(security)
        ? 'confidential'
        : undefined,
    diskControllers: controllers.length === 0 ? ['SCSI'] : controllers,
  };
}

function generationOf(text: string | undefined): 'V1' | 'V2' | undefined {
  if (/^v1$/i.test(text ?? '')) return 'V1';
  return /^v2$/i.test(text ?? '') ? 'V2' : undefined;
}
