import { computed, reference, tracked } from '../arm/common-shapes.ts';
import { decimal, flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import { identityShape } from './identity-shape.ts';
import { notPlayed } from './not-played.ts';
import { osProfileShape } from './os-profile-shape.ts';
import { storageShape } from './storage-shape.ts';

const someInterfaces = list(
  object({
    id: text,
    properties: optional(object({ primary: optional(flag), deleteOption: optional(oneOf('Delete', 'Detach')) })),
  }),
);
/** None are as good as an empty list: whether that will do is another question. */
const interfaces: typeof someInterfaces = { parse: (value, at) => someInterfaces.parse(value ?? [], at) };

const networkProfile = object({
  networkInterfaces: interfaces,
  networkApiVersion: notPlayed('interfaces that come with a virtual machine'),
  networkInterfaceConfigurations: notPlayed('interfaces that come with a virtual machine'),
});

/** Properties of a virtual machine as clients write them. */
export const machinePropertiesShape = object({
  hardwareProfile: object({ vmSize: text, vmSizeProperties: notPlayed('sizes with fewer cores') }),
  storageProfile: storageShape,
  osProfile: optional(osProfileShape),
  networkProfile,
  availabilitySet: optional(reference),
  proximityPlacementGroup: optional(reference),
  securityProfile: optional(
    object({
      securityType: optional(oneOf('TrustedLaunch', 'ConfidentialVM', 'Standard')),
      uefiSettings: optional(object({ secureBootEnabled: optional(flag), vTpmEnabled: optional(flag) })),
      encryptionAtHost: optional(flag),
      encryptionIdentity: notPlayed('Azure Disk Encryption'),
      proxyAgentSettings: notPlayed('the metadata security protocol'),
    }),
  ),
  diagnosticsProfile: optional(
    object({ bootDiagnostics: optional(object({ enabled: optional(flag), storageUri: optional(text) })) }),
  ),
  priority: optional(oneOf('Regular', 'Low', 'Spot')),
  evictionPolicy: optional(oneOf('Deallocate', 'Delete')),
  billingProfile: optional(object({ maxPrice: optional(decimal) })),
  userData: optional(text),
  licenseType: notPlayed('licences of images'),
  additionalCapabilities: notPlayed('additionalCapabilities'),
  host: notPlayed('dedicated hosts'),
  hostGroup: notPlayed('dedicated hosts'),
  virtualMachineScaleSet: notPlayed('scale sets'),
  capacityReservation: notPlayed('capacity reservations'),
  applicationProfile: notPlayed('gallery applications'),
  vmId: readOnly,
  instanceView: readOnly,
  provisioningState: readOnly,
  timeCreated: readOnly,
});

const planShape = object({
  name: optional(text),
  publisher: optional(text),
  product: optional(text),
  promotionCode: optional(text),
});

/** Body of a virtual machine's PUT. */
export const machineShape = object({
  ...tracked,
  zones: optional(list(text)),
  identity: optional(identityShape),
  plan: optional(planShape),
  extendedLocation: notPlayed('edge zones'),
  placement: notPlayed('zones that Azure chooses'),
  resources: readOnly,
  managedBy: readOnly,
  properties: machinePropertiesShape,
});

/** Body of a virtual machine's PATCH, as far as the sandbox goes. */
export const machinePatchShape = object({
  ...computed,
  tags: tracked.tags,
  identity: optional(identityShape),
  zones: notPlayed('changes of zones'),
  plan: notPlayed('changes of plans'),
  properties: notPlayed("PATCH of a virtual machine's properties"),
});

export type MachineBody = Shaped<typeof machineShape>;
export type MachineProperties = MachineBody['properties'];
export type Plan = Shaped<typeof planShape>;
