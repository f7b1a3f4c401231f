import { ArmProblem } from './problem.ts';

// Codes and statuses: Azure Resource Manager's common errors, https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors

export const missingApiVersion = (): ArmProblem =>
  new ArmProblem(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export const unknownApiVersion = (type: string, version: string, supported: readonly string[]): ArmProblem =>
  type === ''
    ? new ArmProblem(
        400,
        'InvalidApiVersionParameter',
        `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
      )
    : new ArmProblem(
        400,
        'NoRegisteredProviderFound',
        `No registered resource provider found for API version '${version}' for type '${type}'. The supported api-versions are '${supported.join(', ')}'.`,
      );

export const subscriptionNotFound = (subscription: string): ArmProblem =>
  new ArmProblem(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);

export const invalidSubscriptionId = (subscription: string): ArmProblem =>
  new ArmProblem(
    400,
    'InvalidSubscriptionId',
    `The provided subscription identifier '${subscription}' is malformed or invalid.`,
  );

export const groupNotFound = (group: string): ArmProblem =>
  new ArmProblem(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);

export const groupBeingDeleted = (group: string): ArmProblem =>
  new ArmProblem(
    409,
    'ResourceGroupBeingDeleted',
    `The resource group '${group}' is in deprovisioning state and cannot perform this operation.`,
  );

export const resourceNotFound = (type: string, name: string, group: string): ArmProblem =>
  new ArmProblem(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const parentNotFound = (type: string, name: string): ArmProblem =>
  new ArmProblem(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type}', because the parent resource '${name}' could not be found.`,
  );

export const wrongLocation = (name: string, type: string, has: string, wanted: string): ArmProblem =>
  new ArmProblem(
    409,
    'InvalidResourceLocation',
    `The resource '${name}' already exists in location '${has}'. A resource with the same name and type '${type}' cannot be created in location '${wanted}'. Please select a new resource name.`,
  );

export const unknownLocation = (location: string, type: string, known: readonly string[]): ArmProblem =>
  new ArmProblem(
    400,
    'LocationNotAvailableForResourceType',
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${known.join(',')}'.`,
  );

export const locationRequired = (): ArmProblem =>
  new ArmProblem(400, 'LocationRequired', 'The location property is required for this definition.');

export const missingRegistration = (namespace: string): ArmProblem =>
  new ArmProblem(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
    { target: namespace },
  );

export const preconditionFailed = (id: string): ArmProblem =>
  new ArmProblem(412, 'PreconditionFailed', `Precondition failed for resource ${id}: its etag is not the one given.`);

export const alreadyExists = (id: string): ArmProblem =>
  new ArmProblem(412, 'PreconditionFailed', `Precondition failed: resource ${id} exists already.`);

export const notImplemented = (what: string): ArmProblem =>
  new ArmProblem(501, 'SandboxNotImplemented', `The sandbox does not implement ${what}.`);
