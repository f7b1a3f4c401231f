import { isRecord } from '../json.ts';
import { list, object, type Shape, ShapeError, text } from '../shape.ts';

/**
 * The part of Azure's policy rules that the sandbox plays: https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule.
 * Values are compared without case, as there.
 */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'field'; readonly field: string; readonly isIn: boolean; readonly values: readonly string[] }
  | { readonly kind: 'exists'; readonly field: string; readonly exists: boolean };

export const conditionShape: Shape<Condition> = { parse: parseCondition };

function parseCondition(value: unknown, at: string): Condition {
  if (!isRecord(value)) throw new ShapeError(at, `A condition is an object. Path '${at}'.`);
  if ('allOf' in value) return { kind: 'all', of: object({ allOf: list(conditionShape) }).parse(value, at).allOf };
  if ('anyOf' in value) return { kind: 'any', of: object({ anyOf: list(conditionShape) }).parse(value, at).anyOf };
  if ('not' in value) return { kind: 'not', condition: object({ not: conditionShape }).parse(value, at).not };
  if ('equals' in value) return comparison(object({ field: text, equals: text }).parse(value, at), 'equals', true);
  if ('notEquals' in value)
    return comparison(object({ field: text, notEquals: text }).parse(value, at), 'notEquals', false);
  if ('in' in value) return comparison(object({ field: text, in: list(text) }).parse(value, at), 'in', true);
  if ('notIn' in value) return comparison(object({ field: text, notIn: list(text) }).parse(value, at), 'notIn', false);
  if ('exists' in value) {
    const { field, exists } = object({ field: text, exists: text }).parse(value, at);
    return { kind: 'exists', field, exists: exists.toLowerCase() === 'true' };
  }
  throw new ShapeError(
    at,
    `The sandbox plays allOf, anyOf, not, equals, notEquals, in, notIn and exists. Path '${at}'.`,
  );
}

/** @param isIn the field has to be among the values, else not */
function comparison<K extends string>(
  given: { readonly field: string } & { readonly [Key in K]: string | readonly string[] },
  member: K,
  isIn: boolean,
): Condition {
  return { kind: 'field', field: given.field, isIn, values: [given[member]].flat() };
}
