import { ArmProblem } from '../arm/problem.ts';
import { valuesOf } from './security-rule.ts';

/**
 * Every place needs a value, in one of its two members. That both are refused is published; the code for it is not.
 *
 * @throws ArmProblem 400
 */
export function requireOne(
  id: string,
  member: string,
  one: string | undefined,
  many: readonly string[] | undefined,
): void {
  if (valuesOf(one, many).length === 0)
    throw new ArmProblem(
      400,
      'SecurityRuleParameterEmptyOrNull',
      `Security rule ${id} must specify ${member} or its plural.`,
    );
  if (one !== undefined && one !== '' && many && many.length > 0)
    throw new ArmProblem(
      400,
      'SecurityRuleParametersMutuallyExclusive',
      `Security rule ${id} cannot specify ${member} and its plural at the same time.`,
    );
}
