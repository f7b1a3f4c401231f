import {
  Expression,
  type ExpressionNode,
  type Resource,
  resourcesIn,
  type TemplateValue,
  wholeName,
} from './expression.ts';
import type { ParameterType, Template, TemplateParameter, TemplateVariable } from './template.ts';

/** Any value of JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax, templates for a resource group. */
const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** Spelt as the schema has them. */
const TYPES: Readonly<Record<ParameterType, string>> = {
  string: 'string',
  secureString: 'securestring',
  int: 'int',
  array: 'array',
  secureObject: 'secureObject',
};

/** The template as JSON, such as any client of Azure Resource Manager deploys. */
export function writeArm(template: Template): string {
  const { description, parameters, variables, resources, outputs, isLoop } = template;
  const document = {
    $schema: SCHEMA,
    contentVersion: '1.0.0.0',
    metadata: { description },
    parameters: Object.fromEntries(parameters.map((one) => [one.name, declaration(one)])),
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables.map(lines)) }),
    resources: resources.map(declared),
    outputs: Object.fromEntries(
      outputs.map(({ name, value }) => [
        name,
        isLoop
          ? { type: 'array', copy: { count: "[parameters('count')]", input: json(value) } }
          : { type: 'string', value: json(value) },
      ]),
    ),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function declaration({ type, description, defaultValue, minValue }: TemplateParameter): Json {
  return {
    type: TYPES[type],
    ...(defaultValue === undefined ? {} : { defaultValue: json(defaultValue) }),
    ...(minValue === undefined ? {} : { minValue }),
    metadata: { description },
  };
}

/** A list of lines can be read, and a long text with escapes in it cannot. */
function lines({ name, text }: TemplateVariable): [string, Json] {
  return [name, text.split('\n').map(json)];
}

function declared(resource: Resource): Json {
  const { type, apiVersion, names, symbol, isRepeated, body, parent } = resource;
  const others = [...(parent === undefined ? [] : [parent]), ...resourcesIn(body)];
  const dependsOn = [...new Set(others)].map((other) => `[${idExpression(other, [])}]`);
  return {
    type,
    apiVersion,
    name: json(wholeName(names)),
    ...(isRepeated ? { copy: { name: symbol, count: "[parameters('count')]" } } : {}),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...Object.fromEntries(Object.entries(body).map(([key, value]) => [key, json(value)])),
  };
}

function json(value: TemplateValue): Json {
  if (value instanceof Expression) return `[${expression(value)}]`;
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(json);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, json(inner)]));
}

function isList(value: object): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

/** What looks like an expression and is none begins with one more bracket (learn.microsoft.com, "Syntax and expressions in ARM templates"). */
function literal(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

function expression(value: string | Expression): string {
  if (typeof value === 'string') return quoted(value);
  return written(value.node);
}

function written(node: ExpressionNode): string {
  switch (node.kind) {
    case 'parameter':
      return `parameters('${node.name}')`;
    case 'member':
      return `${expression(node.of)}.${node.name}`;
    case 'item':
      return `${expression(node.of)}[copyIndex()]`;
    case 'variable':
      return `join(variables('${node.name}'), '\n')`;
    case 'call':
      return `${node.name}(${node.args.map(expression).join(', ')})`;
    case 'text':
      return formatted(node.parts);
    case 'number':
      return 'copyIndex(1)';
    case 'id':
      return idExpression(node.of, node.child);
    case 'property':
      return `reference(${idExpression(node.of, [])}).${node.path}`;
  }
}

function formatted(parts: readonly (string | Expression)[]): string {
  const holes = parts.filter((part) => typeof part !== 'string');
  const format = parts
    .map((part) =>
      typeof part === 'string' ? part.replaceAll('{', '{{').replaceAll('}', '}}') : `{${holes.indexOf(part)}}`,
    )
    .join('');
  return `format(${[format, ...holes].map(expression).join(', ')})`;
}

/** @param child types and names of a child in turn: `subnets`, `docker-machine` */
function idExpression({ type, names }: Resource, child: readonly string[]): string {
  const [types, childNames] = [0, 1].map((rest) => child.filter((_word, index) => index % 2 === rest));
  const args = [[type, ...(types ?? [])].join('/'), ...names, ...(childNames ?? [])];
  return `resourceId(${args.map(expression).join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
