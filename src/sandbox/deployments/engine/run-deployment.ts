import { ArmProblem } from '../../arm/problem.ts';
import type { Answer, Call } from '../../http/exchange.ts';
import { type Json, type JsonObject, parseAsJson } from '../../json.ts';
import type { World } from '../../world.ts';
import type { Deployment } from '../deployment.ts';
import type { Context } from '../expressions/context.ts';
import { evaluateObject } from '../expressions/evaluate-json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { maskProblem } from '../mask.ts';
import { deploymentFailed, invalidExpression } from '../problems.ts';
import type { Instance } from '../template/instance.ts';
import { isNested, outerBody } from '../template/nested.ts';
import { plannedResources } from '../describe-plan.ts';
import { cleanUp } from './clean-up.ts';
import { deployOutputs } from './deploy-outputs.ts';
import { OperationLog } from './operation-log.ts';
import type { Plan } from './plan.ts';
import type { Provider } from './provider.ts';
import { evaluateWithReferences, type Target } from './references.ts';

/** A deployment within a deployment, with its own body but for the template. */
export interface NestedDeployment {
  readonly instance: Instance;
  readonly body: JsonObject;
  /** Where expressions of the outer template are evaluated. */
  readonly context: Context;
  readonly plan: Plan;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const maximumBytes = 4 * 1024 * 1024;

export interface RunParts {
  readonly world: World;
  readonly plan: Plan;
  readonly deployment: Deployment;
  readonly provider: Provider;
  readonly signal: AbortSignal;
  /** Accepts a nested deployment. */
  readonly startNested: (call: Call, nested: NestedDeployment) => Answer;
}

/**
 * Deploys all resources, each as soon as what it waits for is there. Those that do not wait for one that fails go on.
 *
 * @throws ArmProblem `DeploymentFailed`, with one detail for each resource that failed
 */
export async function runDeployment(parts: RunParts): Promise<void> {
  const { plan, deployment, signal } = parts;
  const run = new Run(parts);
  await Promise.all(plan.instances.map((instance) => run.outcome(instance)));
  if (signal.aborted) return;
  if (run.failures.length > 0) throw deploymentFailed(deployment.id, run.failures);
  deployment.outputResources = plannedResources(plan);
  if (plan.request.mode === 'Complete') await cleanUp(parts, run.log);
  await deployOutputs(parts, run.log, (target) => run.read(target));
}

class Run {
  readonly failures: ArmProblem[] = [];
  readonly log: OperationLog;
  readonly #parts: RunParts;
  readonly #outcomes = new Map<Instance, Promise<boolean>>();

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.log = new OperationLog({
      operations: parts.deployment.operations,
      clock: parts.world.clock,
      secrets: parts.plan.secrets,
    });
  }

  /** False when the resource, or one that it waits for, could not be deployed. */
  outcome(instance: Instance): Promise<boolean> {
    const known = this.#outcomes.get(instance);
    if (known) return known;
    const outcome = this.#deployInTurn(instance);
    this.#outcomes.set(instance, outcome);
    return outcome;
  }

  /** A resource as it is. @throws ArmProblem */
  async read({ id, apiVersion }: Target): Promise<Json> {
    const { provider, deployment } = this.#parts;
    const { body } = await provider.ask(provider.callFor({ method: 'GET', id, apiVersion }, deployment.correlationId));
    return parseAsJson(body);
  }

  async #deployInTurn(instance: Instance): Promise<boolean> {
    const { plan, signal } = this.#parts;
    const before = plan.dependencies.get(instance) ?? [];
    const outcomes = await Promise.all(before.map((other) => this.outcome(other)));
    if (outcomes.includes(false) || signal.aborted) return false;
    if (!instance.isDeployed) return true;
    return this.#deploy(instance);
  }

  async #deploy(instance: Instance): Promise<boolean> {
    const { provider, deployment, signal, plan, startNested } = this.#parts;
    const { id, apiVersion, type } = instance;
    const call = provider.callFor({ method: 'PUT', id, apiVersion }, deployment.correlationId);
    const operation = this.log.begin('Create', call.requestId, instance);
    try {
      const body = await this.#bodyOf(instance);
      refuseLarge(body);
      const ask = isNested(type)
        ? async (nested: Call) => startNested(nested, { instance, body, context: instance.context, plan })
        : undefined;
      const { status } = await provider.finish({ ...call, body }, { id, signal, ...(ask ? { ask } : {}) });
      this.log.succeed(operation, status);
      return true;
    } catch (error) {
      const problem = maskProblem(problemOf(error, id), plan.secrets);
      this.failures.push(problem);
      this.log.fail(operation, problem);
      return false;
    }
  }

  #bodyOf({ declaration, type, context }: Instance): Promise<JsonObject> {
    return evaluateWithReferences(this.#parts.plan, context, {
      evaluate: (around) => evaluateObject(outerBody(type, declaration.body), around),
      read: (target) => this.read(target),
    });
  }
}

/** As a request of a client would be. */
function refuseLarge(body: JsonObject): void {
  if (JSON.stringify(body).length > maximumBytes)
    throw new ArmProblem(413, 'RequestContentTooLarge', 'The request content size exceeds the maximum of 4 MB.');
}

/** A problem of the template is told of the resource; one of a provider tells what it is about itself. */
function problemOf(error: unknown, id: string): ArmProblem {
  if (error instanceof TemplateError) return invalidExpression(id, error.message);
  if (!(error instanceof ArmProblem)) throw error;
  if (error.target !== undefined) return error;
  return new ArmProblem(error.status, error.code, error.message, {
    target: id,
    ...(error.details === undefined ? {} : { details: error.details }),
  });
}
