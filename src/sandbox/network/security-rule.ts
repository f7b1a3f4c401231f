import { isIPv4 } from 'node:net';
import { computed } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
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
  destinationAddressPrefix: optional(text),
  destinationAddressPrefixes: optional(list(text)),
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

/** `securityRules` of a rule: all the values that the singular and the plural member name. */
export function valuesOf(one: string | undefined, many: readonly string[] | undefined): readonly string[] {
  return many && many.length > 0 ? many : one === undefined ? [] : [one];
}

/** @throws ArmProblem 400 for rules that Azure would not take. */
export function checkRules(rules: readonly SecurityRule[]): void {
  for (const rule of rules) checkRule(rule);
  for (const rule of rules) {
    const twin = rules.find(
      (other) =>
        other !== rule &&
        (other.name.toLowerCase() === rule.name.toLowerCase() ||
          (other.properties.direction === rule.properties.direction &&
            other.properties.priority === rule.properties.priority)),
    );
    if (twin)
      throw new ArmProblem(
        400,
        'SecurityRuleConflict',
        `Security rule ${rule.name} conflicts with rule ${twin.name}. Rules cannot have the same Priority and Direction.`,
      );
  }
}

function checkRule({ name, properties: rule }: SecurityRule): void {
  // Priorities of user's rules: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
  if (rule.priority < 100 || rule.priority > 4096)
    throw new ArmProblem(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value should be between 100 and 4096. Actual: ${rule.priority}, rule ${name}.`,
    );
  const ports = [
    valuesOf(rule.sourcePortRange, rule.sourcePortRanges),
    valuesOf(rule.destinationPortRange, rule.destinationPortRanges),
  ];
  const prefixes = [
    valuesOf(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
    valuesOf(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
  ];
  if ([...ports, ...prefixes].some((values) => values.length === 0))
    throw new ArmProblem(
      400,
      'SecurityRuleParameterEmptyOrNull',
      `Security rule ${name} must name source and destination addresses and ports.`,
    );
  for (const range of ports.flat()) {
    if (!parsePortRange(range))
      throw new ArmProblem(
        400,
        'SecurityRuleInvalidPortRange',
        `Security rule has invalid Port range. Value provided: ${range}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
  }
  for (const prefix of prefixes.flat()) {
    if (/^[\d./]+$/.test(prefix) && !isCidr(prefix))
      throw new ArmProblem(
        400,
        'SecurityRuleInvalidAddressPrefix',
        `Security rule has invalid Address prefix. Value provided: ${prefix}.`,
      );
  }
}

/** `22` or `8000-8100` or `*`, as inclusive bounds. */
export function parsePortRange(range: string): { readonly from: number; readonly to: number } | undefined {
  if (range === '*') return { from: 0, to: 65535 };
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range);
  if (!found) return undefined;
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}

function isCidr(prefix: string): boolean {
  const [address = '', bits = '32', ...rest] = prefix.split('/');
  return rest.length === 0 && isIPv4(address) && /^\d+$/.test(bits) && Number(bits) <= 32;
}

export function renderRule(rule: SecurityRule, group: SecurityGroup): Record<string, unknown> {
  return {
    name: rule.name,
    id: `${group.id}/securityRules/${rule.name}`,
    etag: `W/"${rule.etag}"`,
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    properties: { provisioningState: group.state, ...rule.properties },
  };
}

/** The six rules every group ends with: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules */
const defaults = [
  [
    'AllowVnetInBound',
    65000,
    'Allow',
    'Inbound',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow inbound traffic from all VMs in VNET',
  ],
  [
    'AllowAzureLoadBalancerInBound',
    65001,
    'Allow',
    'Inbound',
    'AzureLoadBalancer',
    '*',
    'Allow inbound traffic from azure load balancer',
  ],
  ['DenyAllInBound', 65500, 'Deny', 'Inbound', '*', '*', 'Deny all inbound traffic'],
  [
    'AllowVnetOutBound',
    65000,
    'Allow',
    'Outbound',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow outbound traffic from all VMs to all VMs in VNET',
  ],
  [
    'AllowInternetOutBound',
    65001,
    'Allow',
    'Outbound',
    '*',
    'Internet',
    'Allow outbound traffic from all VMs to Internet',
  ],
  ['DenyAllOutBound', 65500, 'Deny', 'Outbound', '*', '*', 'Deny all outbound traffic'],
] as const;

export function renderDefaultRules(group: SecurityGroup): readonly unknown[] {
  return defaults.map(([name, priority, access, direction, source, destination, description]) => ({
    name,
    id: `${group.id}/defaultSecurityRules/${name}`,
    etag: `W/"${group.etag}"`,
    type: 'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
    properties: {
      provisioningState: group.state,
      description,
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  }));
}
