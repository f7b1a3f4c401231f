import { createHash } from 'node:crypto';
import { ArmProblem } from '../../arm/problem.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { ResourceGroup } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { Budget } from '../expressions/budget.ts';
import type { Context } from '../expressions/context.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { maskProblem } from '../mask.ts';
import { invalidTemplate } from '../problems.ts';
import { checkExpressions } from '../template/check-expressions.ts';
import { type Dependencies, resolveDependencies } from '../template/dependencies.ts';
import { expandResources } from '../template/expand-resources.ts';
import type { Instance } from '../template/instance.ts';
import { type Given, type Parameter, resolveParameters, secretsOf } from '../template/parameters.ts';
import { type Template, isSecure } from '../template/template.ts';
import { createVariables } from '../template/variables.ts';
import { placeOf } from './place.ts';

/** What is to be deployed, and where. */
export interface DeploymentRequest {
  readonly name: string;
  readonly id: string;
  /** Undefined at the scope of a subscription. */
  readonly group: ResourceGroup | undefined;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly mode: 'Incremental' | 'Complete';
  readonly template: Template;
  readonly given: Given;
  /** For a nested deployment whose expressions see what the outer one sees: its context. */
  readonly outer: Context | undefined;
  /** Secrets of the deployments around this one. */
  readonly secrets: readonly string[];
}

/** A deployment of which everything is known that can be known beforehand. */
export interface Plan {
  readonly request: DeploymentRequest;
  readonly parameters: readonly Parameter[];
  readonly instances: readonly Instance[];
  readonly dependencies: Dependencies;
  readonly context: Context;
  /** Texts that no answer may show. */
  readonly secrets: readonly string[];
  readonly templateHash: string;
}

/** @throws ArmProblem `InvalidTemplate`, or 501 for what the sandbox does not play */
export function planDeployment(world: World, request: DeploymentRequest): Plan {
  const secrets = [...request.secrets];
  try {
    return makePlan(world, request, secrets);
  } catch (error) {
    if (error instanceof ArmProblem) throw maskProblem(error, secrets);
    if (error instanceof TemplateError) throw maskProblem(invalidTemplate(error.message), secrets);
    throw error;
  }
}

function makePlan(world: World, request: DeploymentRequest, secrets: string[]): Plan {
  const { template, group, outer } = request;
  const budget = outer?.budget ?? new Budget();
  budget.measure(template.source);
  checkExpressions(template.source);
  const templateHash = hashOf(template.source);
  const unknown = (): never => {
    throw new TemplateError('The default value of a parameter cannot use variables.');
  };
  const bare: Context = {
    budget,
    place: placeOf(world, { group, deployment: facts(request, templateHash, []) }),
    parameter: unknown,
    variable: unknown,
    loops: [],
    lambdaVariables: new Map(),
    isDefaultValue: false,
    reference: undefined,
    symbol: undefined,
  };
  const parameters = outer ? [] : resolveParameters(template.parameters, request.given, bare);
  secrets.push(...secretsOf(parameters));
  const values = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value]));
  const inner: Context = {
    ...bare,
    place: placeOf(world, { group, deployment: facts(request, templateHash, parameters) }),
    parameter: (name) => values.get(name.toLowerCase()) ?? nullOrUnknown(values, name),
    variable: createVariables(template.variables, () => inner),
  };
  const context: Context = outer
    ? { ...outer, place: { ...outer.place, targetGroup: group?.name }, reference: undefined, symbol: undefined }
    : inner;
  const instances = expandResources(template.resources, context);
  const dependencies = resolveDependencies(instances, template.resources);
  return { request, parameters, instances, dependencies, context, secrets, templateHash };
}

function nullOrUnknown(values: ReadonlyMap<string, Json>, name: string): Json {
  if (values.has(name.toLowerCase())) return null;
  throw new TemplateError(
    `The template parameter '${name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
  );
}

/** Azure's is a number of 64 bits, too. */
function hashOf(source: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(source)).digest().readBigUInt64BE().toString();
}

/** What `deployment()` gives. */
function facts(request: DeploymentRequest, templateHash: string, parameters: readonly Parameter[]): JsonObject {
  const { name, location, mode, template } = request;
  return {
    name,
    ...(location === undefined ? {} : { location }),
    properties: {
      template: template.source,
      templateHash,
      parameters: shownParameters(parameters),
      mode,
      provisioningState: 'Accepted',
    },
  };
}

/** Parameters as a deployment shows them: those that are secure by their type alone. */
export function shownParameters(parameters: readonly Parameter[]): JsonObject {
  return Object.fromEntries(
    parameters.map(({ name, type, value }) => [name, isSecure(type) ? { type } : { type, value }]),
  );
}
