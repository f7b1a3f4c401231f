import type { Json } from '../../json.ts';
import type { Context } from '../expressions/context.ts';
import { evaluateJson } from '../expressions/evaluate-json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { fingerprint, isList, isObject, toText, typeName } from '../expressions/values.ts';
import { isSecure, type ParameterDeclaration, type TemplateType } from './template.ts';

/** A parameter with its value. */
export interface Parameter {
  readonly name: string;
  readonly type: TemplateType;
  readonly value: Json;
}

/** What was given for parameters, by name as it was sent. */
export type Given = Readonly<Record<string, Json>>;

/**
 * Every parameter's value: the one that was given, else its default, which may use other parameters.
 *
 * @throws TemplateError for one that is missing, undeclared or not allowed
 */
export function resolveParameters(
  declarations: readonly ParameterDeclaration[],
  given: Given,
  context: Context,
): readonly Parameter[] {
  refuseUndeclared(declarations, given);
  const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const missing = declarations.filter(
    ({ name, defaultValue, isNullable }) =>
      !values.has(name.toLowerCase()) && defaultValue === undefined && !isNullable,
  );
  if (missing.length > 0)
    throw new TemplateError(
      `The value for the template parameter '${missing.map(({ name }) => name).join("', '")}' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  const known = new Map<string, Json>();
  const underWay = new Set<string>();
  const parameter = (name: string): Json => {
    const key = name.toLowerCase();
    const found = known.get(key);
    if (found !== undefined) return found;
    const declared = declarations.find((one) => one.name.toLowerCase() === key);
    if (!declared)
      throw new TemplateError(
        `The template parameter '${name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
      );
    if (underWay.has(key))
      throw new TemplateError(`The default value of the template parameter '${name}' refers to itself.`);
    underWay.add(key);
    const value =
      values.get(key) ?? evaluateJson(declared.defaultValue ?? null, { ...context, parameter, isDefaultValue: true });
    checkValue(declared, value);
    known.set(key, value);
    return value;
  };
  return declarations.map(({ name, type }) => ({ name, type, value: parameter(name) }));
}

function refuseUndeclared(declarations: readonly ParameterDeclaration[], given: Given): void {
  const declared = new Set(declarations.map(({ name }) => name.toLowerCase()));
  const unknown = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  if (unknown.length > 0)
    throw new TemplateError(
      `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${declarations.map(({ name }) => name).join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    );
}

function checkValue(declared: ParameterDeclaration, value: Json): void {
  const { name, type, allowedValues, minValue, maxValue, minLength, maxLength, isNullable } = declared;
  if (value === null && isNullable) return;
  if (!hasType(type, value))
    throw new TemplateError(
      `Template parameter JToken type is not valid. Expected '${type}'. Actual '${typeName(value)}'. The parameter is '${name}'. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  const refuse = (why: string): TemplateError =>
    new TemplateError(
      `The provided value ${isSecure(type) ? '' : `'${toText(value)}' `}for the template parameter '${name}' is not valid. ${why}`,
    );
  if (allowedValues && !isAllowed(value, allowedValues))
    throw refuse(
      `The value is not part of the allowed value(s): '${isSecure(type) ? '…' : allowedValues.map(toText).join(',')}'.`,
    );
  if (typeof value === 'number') {
    if (minValue !== undefined && value < minValue)
      throw refuse(`The value should be greater than or equal to '${minValue}'.`);
    if (maxValue !== undefined && value > maxValue)
      throw refuse(`The value should be less than or equal to '${maxValue}'.`);
  }
  const length = typeof value === 'string' || isList(value) ? value.length : undefined;
  if (length === undefined) return;
  if (minLength !== undefined && length < minLength)
    throw refuse(`Length of the value should be greater than or equal to '${minLength}'.`);
  if (maxLength !== undefined && length > maxLength)
    throw refuse(`Length of the value should be less than or equal to '${maxLength}'.`);
}

/** Of an array, every item has to be allowed, or the array as a whole. */
function isAllowed(value: Json, allowed: readonly Json[]): boolean {
  const marks = new Set(allowed.map(fingerprint));
  if (marks.has(fingerprint(value))) return true;
  return isList(value) && value.every((item) => marks.has(fingerprint(item)));
}

/** True when a value is of a type of the template language. */
export function hasType(type: TemplateType, value: Json): boolean {
  switch (type) {
    case 'String':
    case 'SecureString':
      return typeof value === 'string';
    case 'Int':
      return typeof value === 'number' && Number.isInteger(value);
    case 'Bool':
      return typeof value === 'boolean';
    case 'Array':
      return isList(value);
    default:
      return isObject(value);
  }
}

/** The texts within the values of secure parameters: none of them is ever to be shown. */
export function secretsOf(parameters: readonly Parameter[]): readonly string[] {
  return parameters.filter(({ type }) => isSecure(type)).flatMap(({ value }) => textsIn(value));
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
