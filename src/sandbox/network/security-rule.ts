import { computed } from '../arm/common-shapes.ts';
import { notPlayed } from '../compute/not-played.ts';
import { integer, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { SecurityGroup } from './security-group.ts';

/** Properties of a rule as clients write them. */
export const rulePropertiesShape = object({
  description: optional(text),
  protocol: oneOf('*', 'Tcp', 'Udp', 'Icmp', 'Esp', 'Ah'),
  sourcePortRange: optional(text),
  sourcePortRanges: optional(list(text)),
  destinationPortRange: optional(text),
  destinationPortRanges: optional(list(text)),
  sourceAddressPrefix: optional(text),
  sourceAddressPrefixes: optional(list(text)),
  sourceApplicationSecurityGroups: notPlayed('application security groups'),
  destinationAddressPrefix: optional(text),
  destinationAddressPrefixes: optional(list(text)),
  destinationApplicationSecurityGroups: notPlayed('application security groups'),
  access: oneOf('Allow', 'Deny'),
  priority: integer,
  direction: oneOf('Inbound', 'Outbound'),
  provisioningState: readOnly,
});

export const ruleShape = object({ ...computed, name: text, properties: rulePropertiesShape });

export type RuleProperties = Shaped<typeof rulePropertiesShape>;

export interface SecurityRule {
  readonly name: string;
  readonly etag: string;
  readonly properties: RuleProperties;
}

/** The values that a singular or a plural member of a rule names. */
export function valuesOf(one: string | undefined, many: readonly string[] | undefined): readonly string[] {
  return many && many.length > 0 ? many : one === undefined ? [] : [one];
}

export function ruleId(group: { readonly id: string }, rule: { readonly name: string }): string {
  return `${group.id}/securityRules/${rule.name}`;
}

export function renderRule(rule: SecurityRule, group: SecurityGroup): Record<string, unknown> {
  return {
    name: rule.name,
    id: ruleId(group, rule),
    etag: `W/"${rule.etag}"`,
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    properties: {
      provisioningState: group.state,
      ...rule.properties,
      sourcePortRanges: rule.properties.sourcePortRanges ?? [],
      destinationPortRanges: rule.properties.destinationPortRanges ?? [],
      sourceAddressPrefixes: rule.properties.sourceAddressPrefixes ?? [],
      destinationAddressPrefixes: rule.properties.destinationAddressPrefixes ?? [],
    },
  };
}
