import { notImplemented } from '../arm/problems.ts';
import { ArmProblem } from '../arm/problem.ts';
import { unreadable } from '../http/read-call.ts';
import { isRecord, parseJson, type Json } from '../json.ts';
import { anyObject, mapOf, object, oneOf, optional, type Shape, ShapeError, text } from '../shape.ts';
import { Budget } from './expressions/budget.ts';
import { TemplateError } from './expressions/template-error.ts';
import { invalidTemplate } from './problems.ts';
import { parseTemplate } from './template/parse-template.ts';
import type { Given } from './template/parameters.ts';
import { absent, anything } from './template/shapes.ts';
import type { Template } from './template/template.ts';

/** Parameters may be an object, or a text that is one. */
const parametersShape: Shape<Record<string, { value?: Json | undefined; reference?: Json | undefined }>> = {
  parse: (value, at) => mapOf(object({ value: anything, reference: absent })).parse(fromText(value), at),
};

const templateOrText: Shape<unknown> = {
  parse: (value, at) => (typeof value === 'string' ? value : anyObject.parse(value, at)),
};

const shape = object({
  location: optional(text),
  tags: optional(mapOf(text)),
  identity: absent,
  properties: object({
    template: optional(templateOrText),
    templateLink: absent,
    parameters: optional(parametersShape),
    parametersLink: absent,
    mode: oneOf('Incremental', 'Complete'),
    debugSetting: optional(object({ detailLevel: optional(text) })),
    onErrorDeployment: absent,
    expressionEvaluationOptions: optional(object({ scope: optional(oneOf('NotSpecified', 'Outer', 'Inner')) })),
    validationLevel: optional(oneOf('Template', 'Provider', 'ProviderNoRbac')),
    extensionConfigs: absent,
    externalInputs: absent,
    externalInputDefinitions: absent,
  }),
});

/** What a request says of a deployment. */
export interface ReadRequest {
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly mode: 'Incremental' | 'Complete';
  readonly template: Template;
  readonly given: Given;
}

/** Reads the body of a PUT or of a validation. @throws ArmProblem */
export function readRequest(body: unknown): ReadRequest {
  if (body === unreadable)
    throw invalidContent('The request content was invalid and could not be deserialized.', undefined);
  try {
    // Before anything else goes through it: what is nested too deep would break the rest.
    new Budget().measure(measurable(body));
    const { location, tags = {}, identity, properties } = shape.parse(body ?? {}, '');
    if (isThere(identity)) throw notImplemented("'identity' of a deployment");
    for (const key of [
      'templateLink',
      'parametersLink',
      'onErrorDeployment',
      'extensionConfigs',
      'externalInputs',
    ] as const)
      if (isThere(properties[key])) throw notImplemented(`'${key}' of a deployment`);
    if (!/^(none)?$/i.test(properties.debugSetting?.detailLevel ?? ''))
      throw notImplemented("'debugSetting' of a deployment");
    if (properties.template === undefined)
      throw new ArmProblem(
        400,
        'InvalidTemplate',
        "Deployment template validation failed: 'The template is missing: give either 'template' or 'templateLink'.'.",
      );
    return {
      location,
      tags,
      mode: properties.mode,
      template: parseTemplate(properties.template, 'properties.template'),
      given: givenIn(properties.parameters ?? {}),
    };
  } catch (error) {
    if (error instanceof ShapeError)
      throw invalidContent(
        `The request content was invalid and could not be deserialized: '${error.message}'`,
        error.at,
      );
    if (error instanceof TemplateError) throw invalidTemplate(error.message);
    throw error;
  }
}

const invalidContent = (message: string, target: string | undefined): ArmProblem =>
  new ArmProblem(400, 'InvalidRequestContent', message, target === undefined ? {} : { target });

const isThere = (value: Json | undefined): boolean => value !== undefined && value !== null;

function measurable(body: unknown): Json {
  return isRecord(body) ? parseBody(body) : null;
}

/** What a request's JSON was parsed to is JSON. */
function parseBody(body: Record<string, unknown>): Json {
  return body as Json;
}

function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function givenIn(parameters: Record<string, { value?: Json | undefined; reference?: Json | undefined }>): Given {
  const entries = Object.entries(parameters).flatMap(([name, { value, reference }]): [string, Json][] => {
    if (isThere(reference)) throw notImplemented(`the key vault reference of the parameter '${name}'`);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
