import { randomUUID } from 'node:crypto';
import { ArmProblem } from '../../arm/problem.ts';
import type { JsonObject } from '../../json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { maskJson, maskProblem } from '../mask.ts';
import { outputsFailed } from '../problems.ts';
import { evaluateOutput, type Output } from '../template/outputs.ts';
import { isSecure } from '../template/template.ts';
import type { OperationLog } from './operation-log.ts';
import { evaluateWithReferences, type Read } from './references.ts';
import type { RunParts } from './run-deployment.ts';

const code = 'DeploymentOutputEvaluationFailed';

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-job-size-exceeded */
const maximumBytes = 4 * 1024 * 1024;

/** Evaluates what the template puts out. @throws ArmProblem `DeploymentOutputEvaluationFailed` */
export async function deployOutputs({ plan, deployment }: RunParts, log: OperationLog, read: Read): Promise<void> {
  const declared = plan.request.template.outputs;
  if (declared.length === 0) return;
  const operation = log.begin('EvaluateDeploymentOutput', randomUUID());
  const outputs: Output[] = [];
  const problems: ArmProblem[] = [];
  for (const output of declared) {
    try {
      const evaluate = (context: typeof plan.context) => evaluateOutput(output, context);
      const found = await evaluateWithReferences(plan, plan.context, { evaluate, read });
      if (found) outputs.push(found);
    } catch (error) {
      problems.push(maskProblem(problemOf(error, output.name), plan.secrets));
    }
  }
  const visible = shown(outputs, plan.secrets);
  if (JSON.stringify(visible).length > maximumBytes)
    problems.push(new ArmProblem(400, code, 'The outputs are larger than 4 MB.', { target: 'outputs' }));
  if (problems.length > 0) {
    const problem = outputsFailed(problems);
    log.fail(operation, problem);
    throw problem;
  }
  log.succeed(operation, 200);
  deployment.outputs = visible;
}

function problemOf(error: unknown, name: string): ArmProblem {
  if (error instanceof TemplateError) return new ArmProblem(400, code, error.message, { target: name });
  if (!(error instanceof ArmProblem)) throw error;
  return new ArmProblem(error.status, error.code, error.message, { target: name });
}

function shown(outputs: readonly Output[], secrets: readonly string[]): JsonObject {
  return Object.fromEntries(
    outputs.map(({ name, type, value }) => [
      name,
      isSecure(type) ? { type } : { type, value: maskJson(value, secrets) },
    ]),
  );
}
