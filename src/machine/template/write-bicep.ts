import { bicepKey, bicepLines, bicepString, escaped } from './bicep-text.ts';
import { Expression, type ExpressionNode, type Resource, type TemplateValue, wholeName } from './expression.ts';
import type { ParameterType, Template, TemplateParameter } from './template.ts';

const TYPES: Readonly<Record<ParameterType, string>> = {
  string: 'string',
  secureString: 'string',
  int: 'int',
  array: 'array',
  secureObject: 'object',
};

const LOOP = 'for i in range(0, count)';

/** The template in Bicep. https://learn.microsoft.com/azure/azure-resource-manager/bicep/file */
export function writeBicep(template: Template): string {
  const { description, parameters, variables, resources, outputs, isLoop } = template;
  const blocks = [
    `metadata description = ${bicepString(description)}`,
    ...parameters.map(declaration),
    ...variables.map(({ name, text }) => `var ${name} = ${bicepLines(text)}`),
    ...resources.map(declared),
    ...outputs.map(({ name, value }) =>
      isLoop ? `output ${name} array = [${LOOP}: ${bicep(value, '')}]` : `output ${name} string = ${bicep(value, '')}`,
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function declaration({ name, type, description, defaultValue, minValue }: TemplateParameter): string {
  return [
    `@description(${bicepString(description)})`,
    ...(type === 'secureString' || type === 'secureObject' ? ['@secure()'] : []),
    ...(minValue === undefined ? [] : [`@minValue(${minValue})`]),
    `param ${name} ${TYPES[type]}${defaultValue === undefined ? '' : ` = ${bicep(defaultValue, '')}`}`,
  ].join('\n');
}

function declared(resource: Resource): string {
  const { symbol, type, apiVersion, names, parent, isRepeated, body } = resource;
  const head = `resource ${symbol} '${type}@${apiVersion}' =`;
  // A child whose parent is not in the template has its name in its own.
  const own = parent === undefined ? wholeName(names) : (names.at(-1) ?? '');
  const properties = [
    ...(parent === undefined ? [] : [`parent: ${reference(parent)}`]),
    `name: ${bicep(own, '  ')}`,
    ...Object.entries(body).map(([key, value]) => `${bicepKey(key)}: ${bicep(value, '  ')}`),
  ];
  const object = ['{', ...properties.map((line) => `  ${line}`), '}'].join('\n');
  return isRepeated ? `${head} [${LOOP}: ${object}]` : `${head} ${object}`;
}

function bicep(value: TemplateValue, indent: string): string {
  if (value instanceof Expression) return written(value.node);
  if (typeof value === 'string') return bicepString(value);
  // Bicep has no fractions of its own.
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : `json('${value}')`;
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const deeper = `${indent}  `;
  const inner = Object.entries(value).map(
    ([key, one]) => `${deeper}${isList ? '' : `${bicepKey(key)}: `}${bicep(one, deeper)}`,
  );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return inner.length === 0 ? `${open}${close}` : [open, ...inner, `${indent}${close}`].join('\n');
}

function written(node: ExpressionNode): string {
  switch (node.kind) {
    case 'parameter':
    case 'variable':
      return node.name;
    case 'member':
      return `${written(node.of.node)}.${node.name}`;
    case 'item':
      return `${written(node.of.node)}[i]`;
    case 'call':
      return `${node.name}(${node.args.map((arg) => bicep(arg, '')).join(', ')})`;
    case 'text':
      return interpolated(node.parts);
    case 'number':
      return 'i + 1';
    case 'id':
      return identified(node.of, node.child);
    case 'property':
      return `${reference(node.of)}.properties.${node.path}`;
  }
}

function interpolated(parts: readonly (string | Expression)[]): string {
  const inner = parts.map((part) => (typeof part === 'string' ? escaped(part) : `\${${written(part.node)}}`));
  return `'${inner.join('')}'`;
}

function identified(resource: Resource, child: readonly string[]): string {
  const id = `${reference(resource)}.id`;
  return child.length === 0 ? id : `'\${${id}}/${escaped(child.join('/'))}'`;
}

function reference({ symbol, isRepeated }: Resource): string {
  return isRepeated ? `${symbol}[i]` : symbol;
}
