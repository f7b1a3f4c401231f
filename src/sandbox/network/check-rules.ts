import { ArmProblem } from '../arm/problem.ts';
import { checkPrefixes } from './check-prefixes.ts';
import { parsePortRange } from './port-range.ts';
import { requireOne } from './require-one.ts';
import { checkName } from './resource-name.ts';
import { ruleId, type SecurityRule, valuesOf } from './security-rule.ts';

/** Azure's limit of rules in a group: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits */
const ruleLimit = 1000;

/** @throws ArmProblem 400 for rules that Azure would not take. */
export function checkRules(group: { readonly id: string }, rules: readonly SecurityRule[]): void {
  if (rules.length > ruleLimit)
    throw new ArmProblem(
      400,
      'MaxSecurityRuleCountReached',
      `Network security group ${group.id} cannot have more than ${ruleLimit} rules.`,
    );
  for (const rule of rules) checkRule(group, rule);
  for (const rule of rules) {
    const twin = rules.find((other) => other !== rule && collide(rule, other));
    if (twin)
      throw new ArmProblem(
        400,
        'SecurityRuleConflict',
        `Security rule ${rule.name} conflicts with rule ${twin.name}. Rules cannot have the same Priority and Direction.`,
      );
  }
}

function collide(one: SecurityRule, other: SecurityRule): boolean {
  if (one.name.toLowerCase() === other.name.toLowerCase()) return true;
  return (
    one.properties.direction === other.properties.direction && one.properties.priority === other.properties.priority
  );
}

function checkRule(group: { readonly id: string }, { name, properties: rule }: SecurityRule): void {
  checkName(name);
  const id = ruleId(group, { name });
  // Priorities of user's rules: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
  if (rule.priority < 100 || rule.priority > 4096)
    throw new ArmProblem(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value should be between 100 and 4096. Actual: ${rule.priority}, rule ${name}.`,
    );
  // Microsoft's specification restricts it; the code is the sandbox's own.
  if ((rule.description ?? '').length > 140)
    throw new ArmProblem(
      400,
      'SecurityRuleInvalidDescription',
      `The description of ${id} is longer than 140 characters.`,
    );
  checkPorts(id, 'SourcePortRange', rule.sourcePortRange, rule.sourcePortRanges);
  checkPorts(id, 'DestinationPortRange', rule.destinationPortRange, rule.destinationPortRanges);
  checkPrefixes(id, rule);
}

function checkPorts(id: string, member: string, one: string | undefined, many: readonly string[] | undefined): void {
  requireOne(id, member, one, many);
  for (const range of valuesOf(one, many)) {
    if (!parsePortRange(range))
      throw new ArmProblem(
        400,
        'SecurityRuleInvalidPortRange',
        `Security rule has invalid Port range. Value provided: ${range}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
  }
  if (many?.includes('*'))
    throw new ArmProblem(
      400,
      'SecurityRuleParameterContainsInvalidPortRanges',
      `Security rule parameter ${member}s for rule with Id ${id} cannot specify '*' among several port ranges.`,
    );
}
