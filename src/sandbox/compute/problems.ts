import { ArmProblem } from '../arm/problem.ts';

// Codes: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/error-messages

export const conflict = (): ArmProblem =>
  new ArmProblem(
    409,
    'Conflict',
    'The request failed due to conflict with a concurrent request. To resolve it, please refer to https://aka.ms/activitydb to get more details on the conflicting requests.',
  );

export const diskExists = (name: string, group: string): ArmProblem =>
  new ArmProblem(
    409,
    'ConflictingUserInput',
    `Disk ${name} already exists in resource group ${group.toUpperCase()}. Only CreateOption.Attach is supported.`,
    { target: 'disk.name' },
  );

export const invalid = (target: string, message: string): ArmProblem =>
  new ArmProblem(400, 'InvalidParameter', message, { target });

export const skuNotAvailable = (size: string, location: string): ArmProblem =>
  new ArmProblem(
    409,
    'SkuNotAvailable',
    `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size}' is currently not available in location '${location}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`,
  );

export const skuNotAvailableInZones = (size: string, location: string, zones: readonly string[]): ArmProblem =>
  new ArmProblem(
    409,
    'SkuNotAvailable',
    `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size}' is currently not available in location '${location}' zones '${zones.join(',')}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`,
  );

export const imageDeprecated = (urn: string): ArmProblem =>
  new ArmProblem(
    400,
    'ImageVersionDeprecated',
    `The platform image '${urn}' has been deprecated and cannot be used to create virtual machines. See https://aka.ms/DeprecatedImagesFAQ.`,
    { target: 'imageReference' },
  );

export const quotaExceeded = (quota: {
  readonly name: string;
  readonly location: string;
  readonly limit: number;
  readonly usage: number;
  readonly additional: number;
}): ArmProblem =>
  new ArmProblem(
    409,
    'OperationNotAllowed',
    `Operation could not be completed as it results in exceeding approved ${quota.name} Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${quota.location}, Current Limit: ${quota.limit}, Current Usage: ${quota.usage}, Additional Required: ${quota.additional}, (Minimum) New Limit Required: ${quota.usage + quota.additional}. Setup Alerts when Quota reaches threshold. Learn more at https://aka.ms/quotamonitoringalerting.`,
  );

export const imageNotFound = (image: string): ArmProblem =>
  new ArmProblem(
    404,
    'PlatformImageNotFound',
    `The platform image '${image}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`,
    { target: 'imageReference' },
  );

export const changeNotAllowed = (property: string): ArmProblem =>
  new ArmProblem(409, 'PropertyChangeNotAllowed', `Changing property '${property}' is not allowed.`, {
    target: property,
  });

export const provisioningFailed = (machine: string, reason: string): ArmProblem =>
  new ArmProblem(
    409,
    'OSProvisioningClientError',
    `OS Provisioning for VM '${machine}' failed. Error details: ${reason}`,
  );

export const extensionFailed = (extension: string, publisher: string, type: string, message: string): ArmProblem =>
  new ArmProblem(
    409,
    'VMExtensionProvisioningError',
    `VM has reported a failure when processing extension '${extension}' (publisher '${publisher}' and type '${type}'). Error message: "${message}". More information on troubleshooting is available at https://aka.ms/vmextensionlinuxtroubleshoot.`,
  );

export const operationNotAllowed = (message: string, target?: string): ArmProblem =>
  new ArmProblem(409, 'OperationNotAllowed', message, target === undefined ? {} : { target });

export const referenceNotFound = (kind: string, id: string, location: string, target: string): ArmProblem =>
  new ArmProblem(404, 'NotFound', `The ${kind} '${id}' cannot be found in '${location}' region.`, { target });

export const galleryImageNotFound = (id: string, location: string): ArmProblem =>
  new ArmProblem(
    404,
    'GalleryImageNotFound',
    `The gallery image ${id} is not available in ${location} region. Please contact image owner to replicate to this region, or change your requested region.`,
    { target: 'imageReference' },
  );

export const diskInUse = (disk: string, machine: string): ArmProblem =>
  operationNotAllowed(`Disk ${disk} is attached to VM ${machine}.`);
