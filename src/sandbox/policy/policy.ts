import { randomUUID } from 'node:crypto';
import { list, object, oneOf, optional, type Shape, ShapeError, text } from '../shape.ts';
import { type Condition, conditionShape } from './condition.ts';

/** An assignment of a policy to the whole subscription. */
export interface Policy {
  /** Of the assignment. */
  readonly name: string;
  /** Of the definition: a UUID. */
  readonly definition: string;
  readonly effect: 'Deny' | 'Audit';
  readonly if: Condition;
}

const ruleShape = object({ name: text, effect: optional(oneOf('Deny', 'Audit')), if: conditionShape });

/** As the control API takes them: names, effects, and conditions in the words of Azure's policy rules. */
export const policiesShape: Shape<Policy[]> = {
  parse(value, at) {
    const rules = list(ruleShape).parse(value, at);
    if (new Set(rules.map(({ name }) => name)).size < rules.length)
      throw new ShapeError(at, 'Two policies have the same name.');
    return rules.map((rule) => ({ ...rule, effect: rule.effect ?? 'Deny', definition: randomUUID() }));
  },
};
