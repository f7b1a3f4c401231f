import type { Json, JsonObject } from '../json.ts';
import { isTooDeep } from '../http/json-depth.ts';
import { redacted, secretMembers } from '../http/redact.ts';
import { isExpression } from './expressions/parse-expression.ts';
import { isList, isObject } from './expressions/values.ts';

/** True for a request about a deployment. */
export const isOfDeployment = (path: string): boolean =>
  /\/providers\/Microsoft\.Resources\/deployments(\/|$)/i.test(path);

/** Redacts what a deployment's request says of its template and parameters; undefined for other objects. */
export function redactDeployment(value: Record<string, unknown>): unknown {
  const isRequest = 'template' in value || 'templateLink' in value || 'parametersLink' in value;
  return isRequest ? redactRequest(parseObject(value)) : undefined;
}

/** What was read from a request is JSON. */
function parseObject(value: Record<string, unknown>): JsonObject {
  return value as JsonObject;
}

/**
 * A template without the secrets that are written into it: default values of secure parameters, and texts under members that hold
 * secrets. Expressions stay, since they only say where a secret comes from.
 */
export function redactTemplate(template: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [
      key,
      key === 'parameters' && isObject(value)
        ? redactDeclarations(value)
        : redactPart(value ?? null, secretMembers.has(key.toLowerCase())),
    ]),
  );
}

function redactDeclarations(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, declared]) => {
      if (!isObject(declared) || declared['defaultValue'] === undefined) return [name, declared];
      const isKept = isPlain(declared['type']) && !secretMembers.has(name.toLowerCase());
      return [name, isKept ? declared : { ...declared, defaultValue: redactPart(declared['defaultValue'], true) }];
    }),
  );
}

/** True for a type of which values may be seen. */
export const isPlain = (type: Json | undefined): boolean =>
  typeof type === 'string' && /^(string|int|bool|object|array)$/i.test(type);

function redactPart(value: Json, isSecret: boolean): Json {
  if (isList(value)) return value.map((item) => redactPart(item, isSecret));
  if (isObject(value)) {
    // A nested deployment's template and parameters.
    if (value['template'] !== undefined && !isSecret) return redactRequest(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        redactPart(member ?? null, isSecret || secretMembers.has(key.toLowerCase())),
      ]),
    );
  }
  if (!isSecret || value === null || typeof value === 'boolean') return value;
  return typeof value === 'string' && isExpression(value) ? value : redacted;
}

/**
 * The properties of a request for a deployment without what is secret in them: the template as {@link redactTemplate} leaves it,
 * and of parameters the values of those that the template declares with a type that is not secure.
 */
export function redactRequest(properties: JsonObject): JsonObject {
  const template = templateOf(properties['template']);
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      if (key === 'template') return [key, template ? redactTemplate(template) : redacted];
      if (key === 'parameters' && value !== undefined) return [key, redactGiven(value, template)];
      return [key, redactPart(value ?? null, secretMembers.has(key.toLowerCase()))];
    }),
  );
}

function templateOf(value: Json | undefined): JsonObject | undefined {
  const parsed = typeof value === 'string' ? parseText(value) : value;
  return isObject(parsed) ? parsed : undefined;
}

function parseText(text: string): Json | undefined {
  if (isTooDeep(Buffer.from(text))) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function redactGiven(given: Json, template: JsonObject | undefined): Json {
  const parameters = typeof given === 'string' ? parseText(given) : given;
  if (!isObject(parameters)) return redacted;
  const declared = template?.['parameters'];
  const typeOf = (name: string): Json | undefined => {
    const found = isObject(declared)
      ? Object.entries(declared).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
      : undefined;
    return isObject(found) ? found['type'] : undefined;
  };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, one]) => {
      if (!isObject(one)) return [name, redacted];
      const isKept = isPlain(typeOf(name)) && !secretMembers.has(name.toLowerCase());
      const value = one['value'];
      if (isKept || value === undefined) return [name, one];
      return [name, { ...one, value: redactPart(value, true) }];
    }),
  );
}
