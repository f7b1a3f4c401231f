import { computed, reference, tracked } from '../arm/common-shapes.ts';
import {
  decimal,
  flag,
  integer,
  list,
  object,
  oneOf,
  optional,
  readOnly,
  type Shape,
  type Shaped,
  ShapeError,
  text,
} from '../shape.ts';
import { diskSkus } from './disk.ts';

const managedDisk = object({
  id: optional(text),
  storageAccountType: optional(oneOf(...diskSkus)),
  securityProfile: readOnly,
});

/** Data disks are not implemented: the list may be there, but empty. */
const none: Shape<undefined> = {
  parse(value, at) {
    if (Array.isArray(value) && value.length === 0) return undefined;
    throw new ShapeError(at, 'The sandbox does not implement data disks.');
  },
};

const storageProfile = object({
  imageReference: optional(
    object({
      publisher: optional(text),
      offer: optional(text),
      sku: optional(text),
      version: optional(text),
      exactVersion: readOnly,
      id: optional(text),
    }),
  ),
  osDisk: object({
    name: optional(text),
    createOption: oneOf('FromImage', 'Attach', 'Empty'),
    caching: optional(oneOf('None', 'ReadOnly', 'ReadWrite')),
    diskSizeGB: optional(integer),
    managedDisk: optional(managedDisk),
    deleteOption: optional(oneOf('Delete', 'Detach')),
    osType: optional(oneOf('Linux', 'Windows')),
    writeAcceleratorEnabled: optional(flag),
  }),
  dataDisks: optional(none),
  diskControllerType: optional(oneOf('SCSI', 'NVMe')),
  alignRegionalDisksToVMZone: optional(flag),
});

const osProfile = object({
  computerName: optional(text),
  adminUsername: optional(text),
  adminPassword: optional(text),
  customData: optional(text),
  linuxConfiguration: optional(
    object({
      disablePasswordAuthentication: optional(flag),
      ssh: optional(object({ publicKeys: optional(list(object({ path: optional(text), keyData: text }))) })),
      provisionVMAgent: optional(flag),
      patchSettings: optional(
        object({
          patchMode: optional(oneOf('ImageDefault', 'AutomaticByPlatform')),
          assessmentMode: optional(oneOf('ImageDefault', 'AutomaticByPlatform')),
        }),
      ),
      enableVMAgentPlatformUpdates: optional(flag),
    }),
  ),
  secrets: readOnly,
  allowExtensionOperations: optional(flag),
  requireGuestProvisionSignal: optional(flag),
});

const networkProfile = object({
  networkInterfaces: list(
    object({
      id: text,
      properties: optional(object({ primary: optional(flag), deleteOption: optional(oneOf('Delete', 'Detach')) })),
    }),
  ),
});

/** Properties of a virtual machine as clients write them. */
export const machinePropertiesShape = object({
  hardwareProfile: object({ vmSize: text }),
  storageProfile,
  osProfile: optional(osProfile),
  networkProfile,
  availabilitySet: optional(reference),
  securityProfile: optional(
    object({
      securityType: optional(oneOf('TrustedLaunch', 'Standard')),
      uefiSettings: optional(object({ secureBootEnabled: optional(flag), vTpmEnabled: optional(flag) })),
      encryptionAtHost: optional(flag),
    }),
  ),
  diagnosticsProfile: optional(
    object({ bootDiagnostics: optional(object({ enabled: optional(flag), storageUri: optional(text) })) }),
  ),
  priority: optional(oneOf('Regular', 'Low', 'Spot')),
  evictionPolicy: optional(oneOf('Deallocate', 'Delete')),
  billingProfile: optional(object({ maxPrice: optional(decimal) })),
  vmId: readOnly,
  instanceView: readOnly,
  provisioningState: readOnly,
  timeCreated: readOnly,
});

/** Body of a virtual machine's PUT. */
export const machineShape = object({
  ...tracked,
  zones: optional(list(text)),
  resources: readOnly,
  managedBy: readOnly,
  properties: machinePropertiesShape,
});

/** Body of a virtual machine's PATCH, as far as the sandbox goes. */
export const machinePatchShape = object({ ...computed, tags: tracked.tags });

export type MachineProperties = Shaped<typeof machinePropertiesShape>;
