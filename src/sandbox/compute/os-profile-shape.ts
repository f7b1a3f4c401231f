import { flag, list, object, oneOf, optional, readOnly, text } from '../shape.ts';
import { notPlayed } from './not-played.ts';

const patching = oneOf('ImageDefault', 'AutomaticByPlatform');

/** `osProfile` of a virtual machine with Linux. */
export const osProfileShape = object({
  computerName: optional(text),
  adminUsername: optional(text),
  adminPassword: optional(text),
  customData: optional(text),
  linuxConfiguration: optional(
    object({
      disablePasswordAuthentication: optional(flag),
      ssh: optional(object({ publicKeys: optional(list(object({ path: optional(text), keyData: text }))) })),
      provisionVMAgent: optional(flag),
      patchSettings: optional(object({ patchMode: optional(patching), assessmentMode: optional(patching) })),
      enableVMAgentPlatformUpdates: optional(flag),
    }),
  ),
  windowsConfiguration: notPlayed('Windows'),
  secrets: readOnly,
  allowExtensionOperations: optional(flag),
  requireGuestProvisionSignal: optional(flag),
});
