import { timestamp } from '../clock.ts';
import type { Json, JsonObject } from '../json.ts';

/** How far a deployment is, in Azure's words. */
export type DeploymentState = 'Accepted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled' | 'Deleting';

/** One resource's part in a deployment. */
export interface DeploymentOperation {
  readonly operationId: string;
  readonly kind: 'Create' | 'Read' | 'DeploymentCleanup' | 'EvaluateDeploymentOutput';
  state: 'Running' | 'Succeeded' | 'Failed';
  readonly startMs: number;
  endMs: number;
  readonly requestId: string;
  /** Azure's word for the HTTP status, such as `Created`. */
  statusCode: string;
  /** Body of the problem it failed with. */
  error?: JsonObject;
  /** Undefined for the evaluation of outputs. */
  readonly target?: { readonly id: string; readonly resourceType: string; readonly resourceName: string };
}

/** A deployment as the sandbox remembers it. No value of a secure parameter is in it. */
export interface Deployment {
  readonly id: string;
  readonly name: string;
  /** Name of the resource group; undefined at the scope of a subscription. */
  readonly group: string | undefined;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly mode: 'Incremental' | 'Complete';
  state: DeploymentState;
  readonly startMs: number;
  endMs: number;
  readonly correlationId: string;
  /** `{name: {type, value?}}`. */
  readonly parameters: JsonObject;
  readonly template: JsonObject;
  readonly templateHash: string;
  /** How much it takes in the state's file, about. */
  readonly bytes: number;
  readonly providers: readonly JsonObject[];
  readonly dependencies: readonly JsonObject[];
  outputs?: JsonObject;
  outputResources?: readonly string[];
  /** What a validation says would be deployed. */
  readonly validatedResources?: readonly string[];
  error?: JsonObject;
  readonly operations: DeploymentOperation[];
}

/** `PT1.5S` */
export function duration(fromMs: number, toMs: number): string {
  return `PT${Math.max(0, toMs - fromMs) / 1000}S`;
}

/** A deployment as it is answered. */
export function renderDeployment(deployment: Deployment): JsonObject {
  const { id, name, location, tags, mode, state, startMs, endMs, correlationId, parameters } = deployment;
  const { templateHash, providers, dependencies, outputs, outputResources, error } = deployment;
  return {
    id,
    name,
    type: 'Microsoft.Resources/deployments',
    ...(location === undefined ? {} : { location }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    properties: {
      templateHash,
      parameters,
      mode,
      provisioningState: state,
      timestamp: timestamp(endMs),
      duration: duration(startMs, endMs),
      correlationId,
      providers,
      dependencies,
      ...(outputs === undefined ? {} : { outputs }),
      ...(outputResources === undefined ? {} : { outputResources: outputResources.map((one) => ({ id: one })) }),
      ...(deployment.validatedResources === undefined
        ? {}
        : { validatedResources: deployment.validatedResources.map((one) => ({ id: one })) }),
      ...(error === undefined ? {} : { error }),
    },
  };
}

/** A deployment's operation as it is answered. */
export function renderOperation(deployment: Deployment, operation: DeploymentOperation): JsonObject {
  const { operationId, kind, state, startMs, endMs, requestId, statusCode, error, target } = operation;
  const scope = deployment.id.replace('/providers/Microsoft.Resources', '');
  const message: Json = error === undefined ? { status: state } : { status: state, error };
  return {
    id: `${scope}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: kind,
      provisioningState: state,
      timestamp: timestamp(endMs),
      duration: duration(startMs, endMs),
      serviceRequestId: requestId,
      statusCode,
      ...(state === 'Failed' ? { statusMessage: message } : {}),
      ...(target === undefined ? {} : { targetResource: target }),
    },
  };
}
