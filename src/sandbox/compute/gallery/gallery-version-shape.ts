import { tracked } from '../../arm/common-shapes.ts';
import { flag, integer, list, object, oneOf, optional, readOnly, type Shaped, text } from '../../shape.ts';
import { notPlayed } from '../not-played.ts';

const storageAccountType = optional(oneOf('Standard_LRS', 'Standard_ZRS', 'Premium_LRS', 'PremiumV2_LRS'));

const propertiesShape = object({
  publishingProfile: optional(
    object({
      targetRegions: optional(
        list(
          object({
            name: text,
            regionalReplicaCount: optional(integer),
            storageAccountType,
            excludeFromLatest: optional(flag),
            encryption: notPlayed('disk encryption sets'),
          }),
        ),
      ),
      replicaCount: optional(integer),
      excludeFromLatest: optional(flag),
      publishedDate: readOnly,
      endOfLifeDate: optional(text),
      storageAccountType,
      replicationMode: optional(oneOf('Full', 'Shallow')),
    }),
  ),
  storageProfile: object({
    source: optional(
      object({
        id: optional(text),
        communityGalleryImageId: notPlayed('copies of community images'),
        virtualMachineId: notPlayed('images of virtual machines'),
      }),
    ),
    osDiskImage: optional(
      object({
        sizeInGB: readOnly,
        hostCaching: optional(oneOf('None', 'ReadOnly', 'ReadWrite')),
        source: optional(object({ id: optional(text), uri: optional(text), storageAccountId: optional(text) })),
      }),
    ),
    dataDiskImages: notPlayed('images with data disks'),
  }),
  safetyProfile: optional(
    object({
      allowDeletionOfReplicatedLocations: optional(flag),
      blockDeletionBeforeEndOfLife: optional(flag),
      reportedForPolicyViolation: readOnly,
      policyViolations: readOnly,
    }),
  ),
  securityProfile: notPlayed('keys of their own for Secure Boot'),
  replicationStatus: readOnly,
  validationsProfile: readOnly,
  provisioningState: readOnly,
});

/** Body of a gallery image version's PUT. */
export const galleryVersionShape = object({ ...tracked, properties: propertiesShape });

export type GalleryVersionProperties = Shaped<typeof propertiesShape>;
