import { ArmProblem } from '../arm/problem.ts';

// Codes and texts: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors

export const invalidTemplate = (message: string): ArmProblem =>
  new ArmProblem(400, 'InvalidTemplate', `Deployment template validation failed: '${message}'.`);

export const invalidExpression = (resource: string, message: string): ArmProblem =>
  new ArmProblem(
    400,
    'InvalidTemplate',
    `Unable to process template language expressions for resource '${resource}'. '${message}'`,
  );

export const invalidDeployment = (name: string, trackingId: string, details: readonly ArmProblem[]): ArmProblem =>
  new ArmProblem(
    400,
    'InvalidTemplateDeployment',
    `The template deployment '${name}' is not valid according to the validation procedure. The tracking id is '${trackingId}'. See inner errors for details.`,
    { details: details.map((problem) => problem.body()) },
  );

export const deploymentFailed = (deployment: string, details: readonly ArmProblem[]): ArmProblem =>
  new ArmProblem(
    409,
    'DeploymentFailed',
    'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    { target: deployment, details: details.map((problem) => problem.body()) },
  );

/** A resource was accepted and then failed. */
export const resourceFailed = (resource: string, why: ArmProblem): ArmProblem =>
  new ArmProblem(
    409,
    'ResourceDeploymentFailure',
    "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
    { target: resource, details: [why.body()] },
  );

export const outputsFailed = (details: readonly ArmProblem[]): ArmProblem =>
  new ArmProblem(
    400,
    'DeploymentOutputEvaluationFailed',
    `Unable to evaluate template outputs: '${details.map(({ target }) => target).join(',')}'. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.`,
    { details: details.map((problem) => problem.body()) },
  );

export const deploymentNotFound = (name: string): ArmProblem =>
  new ArmProblem(404, 'DeploymentNotFound', `Deployment '${name}' could not be found.`);

export const deploymentActive = (name: string, since: string): ArmProblem =>
  new ArmProblem(
    409,
    'DeploymentActive',
    `Unable to edit or replace deployment '${name}': previous deployment from '${since}' is still active. Please see https://aka.ms/arm-deploy for usage details.`,
  );

export const cannotCancel = (name: string, state: string): ArmProblem =>
  new ArmProblem(
    409,
    'DeploymentCannotBeCancelled',
    `The deployment '${name}' cannot be cancelled: its provisioning state is '${state}', and neither 'Accepted' nor 'Running'.`,
  );

/** @returns undefined for a name that Azure takes: up to 64 letters, digits, `-`, `_`, `.` and parentheses */
export function nameProblem(name: string): ArmProblem | undefined {
  if (name.length > 64)
    return new ArmProblem(
      400,
      'DeploymentNameLengthLimitExceeded',
      `The provided deployment name '${name}' has a length of '${name.length}' which exceeds the maximum length of '64'.`,
    );
  const invalid = [...name].filter((character) => !/[-\w._()]/u.test(character));
  if (invalid.length === 0) return undefined;
  return new ArmProblem(
    400,
    'DeploymentNameInvalidCharacters',
    `The provided deployment name '${name}' has these invalid characters: '${[...new Set(invalid)].join('')}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
  );
}
