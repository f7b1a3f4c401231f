import type { Json, JsonObject } from '../json.ts';
import { ArmProblem } from '../arm/problem.ts';
import { redacted } from '../http/redact.ts';
import { isList, isObject } from './expressions/values.ts';

/** Shorter values are words that stand everywhere. */
const shortest = 4;

/** The secrets that are long enough to be looked for. */
const sought = (secrets: readonly string[]): readonly string[] => secrets.filter(({ length }) => length >= shortest);

/** A message with every secret in it replaced. */
export function maskText(text: string, secrets: readonly string[]): string {
  return sought(secrets).reduce((masked, secret) => masked.replaceAll(secret, redacted), text);
}

/** A value in which every text that holds a secret is replaced. */
export function maskJson(value: Json, secrets: readonly string[]): Json {
  const wanted = sought(secrets);
  if (wanted.length === 0) return value;
  if (typeof value === 'string') return wanted.some((secret) => value.includes(secret)) ? redacted : value;
  if (isList(value)) return value.map((item) => maskJson(item, wanted));
  return isObject(value) ? maskObject(value, wanted) : value;
}

/** {@link maskJson} of an object. */
export function maskObject(value: JsonObject, secrets: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [maskText(key, secrets), maskJson(member ?? null, secrets)]),
  );
}

/** The same problem without secrets in its text. */
export function maskProblem(problem: ArmProblem, secrets: readonly string[]): ArmProblem {
  return new ArmProblem(problem.status, problem.code, maskText(problem.message, secrets), {
    headers: problem.headers,
    ...(problem.target === undefined ? {} : { target: maskText(problem.target, secrets) }),
    ...(problem.details === undefined ? {} : { details: problem.details.map((detail) => maskObject(detail, secrets)) }),
  });
}
