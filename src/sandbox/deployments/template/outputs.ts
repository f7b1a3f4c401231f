import type { Json } from '../../json.ts';
import type { Context } from '../expressions/context.ts';
import { evaluateJson, iterate } from '../expressions/evaluate-json.ts';
import { TemplateError } from '../expressions/template-error.ts';
import { typeName } from '../expressions/values.ts';
import { hasType } from './parameters.ts';
import type { OutputDeclaration, TemplateType } from './template.ts';

export interface Output {
  readonly name: string;
  readonly type: TemplateType;
  readonly value: Json;
}

/** The value of one output; undefined when its condition does not hold. @throws TemplateError, ReferenceNeeded */
export function evaluateOutput(declared: OutputDeclaration, context: Context): Output | undefined {
  const { name, type, condition, copy } = declared;
  if (evaluateJson(condition, context) === false) return undefined;
  const value = copy
    ? iterate({ name, ...copy, isOfResource: true }, context)
    : evaluateJson(declared.value ?? null, context);
  if (value !== null && !hasType(type, value))
    throw new TemplateError(
      `The template output '${name}' is not valid: Template output JToken type is not valid. Expected '${type}'. Actual '${typeName(value)}'. Please see https://aka.ms/arm-syntax-outputs for usage details.`,
    );
  return { name, type, value };
}
