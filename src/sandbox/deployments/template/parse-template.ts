import { notImplemented } from '../../arm/problems.ts';
import { isTooDeep } from '../../http/json-depth.ts';
import { parseAsJson, parseJson, type Json, type JsonObject } from '../../json.ts';
import { ShapeError } from '../../shape.ts';
import { isObject } from '../expressions/values.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { parseResources } from './parse-resources.ts';
import { templateShape } from './shapes.ts';
import type { OutputDeclaration, ParameterDeclaration, Template } from './template.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const limits = { parameters: 256, variables: 512, outputs: 64 } as const;

/** Parts of the language that may be there as long as they say nothing. */
const refused = ['apiProfile', 'definitions', 'functions', 'imports', 'extensions'] as const;

/**
 * Reads a template: an object, or a text that is one.
 *
 * @param at where it stands in the request, for messages
 * @throws ShapeError for members that are unknown, missing or of another type; TemplateError for what Azure finds only when it
 * looks closer; ArmProblem for what the sandbox does not play
 */
export function parseTemplate(value: unknown, at: string): Template {
  const source = sourceOf(value, at);
  const parsed = templateShape.parse(source, at);
  for (const name of refused) if (!isEmpty(parsed[name])) throw notImplemented(`'${name}' of a template`);
  checkSchema(parsed.$schema, parsed.contentVersion);
  const isSymbolic = parsed.languageVersion !== undefined;
  if (isSymbolic && !/^2\.\d+/.test(parsed.languageVersion ?? '') && parsed.languageVersion !== '1.0')
    throw new TemplateError(`The template language version '${parsed.languageVersion}' is not recognized.`);
  const parameters = Object.entries(parsed.parameters ?? {}).map(([name, one]): ParameterDeclaration => {
    refuseRefinements(name, one);
    const { type, defaultValue, minValue, maxValue, minLength, maxLength } = one;
    const allowedValues = one.allowedValues?.map((item) => item ?? null);
    const isNullable = one.nullable ?? false;
    return { name, type, defaultValue, allowedValues, minValue, maxValue, minLength, maxLength, isNullable };
  });
  const outputs = Object.entries(parsed.outputs ?? {}).map(([name, one]): OutputDeclaration => {
    refuseRefinements(name, one);
    const { type, condition = true, value: output, copy } = one;
    if ((output === undefined) === (copy === undefined))
      throw new TemplateError(
        `The template output '${name}' is not valid: it is to have either a 'value' or a 'copy'.`,
      );
    const copied = copy && { count: copy.count ?? null, input: copy.input ?? null };
    return { name, type, condition, value: output, copy: copied };
  });
  const variables = jsonObject(parsed.variables ?? {});
  checkLimit('parameters', parameters.length, limits.parameters);
  checkLimit('variables', Object.keys(variables).length, limits.variables);
  checkLimit('outputs', outputs.length, limits.outputs);
  return { parameters, variables, resources: parseResources(parsed.resources, `${at}.resources`), outputs, source };
}

function sourceOf(value: unknown, at: string): JsonObject {
  if (typeof value !== 'string') return jsonObject(value);
  if (isTooDeep(Buffer.from(value))) throw new TemplateError('The template is nested too deep.');
  try {
    return jsonObject(parseJson(value));
  } catch {
    throw new ShapeError(at, `Error converting value at '${at}': the template is neither an object nor JSON.`);
  }
}

function jsonObject(value: unknown): JsonObject {
  const json = parseAsJson(value);
  if (isObject(json)) return json;
  throw new ShapeError('properties.template', "Error converting value at 'properties.template': expected an object.");
}

function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function refuseRefinements(name: string, declared: Readonly<Record<string, unknown>>): void {
  for (const key of ['$ref', 'items', 'prefixItems', 'properties', 'additionalProperties', 'discriminator', 'sealed'])
    if (declared[key] !== undefined)
      throw notImplemented(`'${key}' of the parameter or output '${name}' of a template`);
}

function checkSchema(schema: string, contentVersion: string): void {
  if (
    !/^https?:\/\/schema\.management\.azure\.com\/schemas\/\d{4}-\d{2}-\d{2}\/(subscriptionDeploymentTemplate|deploymentTemplate)\.json#?$/i.test(
      schema,
    )
  )
    throw new TemplateError(`Template schema '${schema}' is not supported.`);
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(contentVersion))
    throw new TemplateError(
      `The template 'contentVersion' value '${contentVersion}' is not valid: it is to have the form '1.0.0.0'.`,
    );
}

function checkLimit(what: keyof typeof limits, count: number, limit: number): void {
  if (count > limit)
    throw new TemplateError(
      `The number of template ${what} limit exceeded. Limit: '${limit}' and actual: '${count}'. Please see https://aka.ms/arm-template-limits for usage details.`,
    );
}
