import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../expressions/values.ts';
import { isSame } from './instance.ts';
import { deploymentType } from './template.ts';

/** True for a deployment within a template. */
export const isNested = (type: string): boolean => isSame(type, deploymentType);

/** A resource's body without what is not the outer template's to evaluate: the template of a nested deployment. */
export function outerBody(type: string, body: JsonObject): JsonObject {
  const { properties } = body;
  if (!isNested(type) || !isObject(properties)) return body;
  const { template: _template, ...rest } = properties;
  return { ...body, properties: rest };
}

/** The template of a nested deployment, undefined when there is none in it. */
export function nestedTemplate(type: string, body: JsonObject): Json | undefined {
  const { properties } = body;
  return isNested(type) && isObject(properties) ? properties['template'] : undefined;
}

/** True when expressions of the nested template see the outer one's parameters and variables, which is what Azure does unasked. */
export function isOuterScope(body: JsonObject): boolean {
  const { properties } = body;
  const options = isObject(properties) ? properties['expressionEvaluationOptions'] : undefined;
  const scope = isObject(options) ? options['scope'] : undefined;
  return !(typeof scope === 'string' && scope.toLowerCase() === 'inner');
}
