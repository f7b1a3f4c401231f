import { ArmProblem } from '../arm/problem.ts';
import { isAligned, parseRange } from './cidr.ts';
import { requireOne } from './require-one.ts';
import { type RuleProperties, valuesOf } from './security-rule.ts';
import { meaningOfTag } from './service-tags.ts';

/** @throws ArmProblem 400 for source and destination addresses of a rule that Azure would not take. */
export function checkPrefixes(id: string, rule: RuleProperties): void {
  checkPlace(id, 'SourceAddressPrefix', rule.sourceAddressPrefix, rule.sourceAddressPrefixes);
  checkPlace(id, 'DestinationAddressPrefix', rule.destinationAddressPrefix, rule.destinationAddressPrefixes);
  const families = new Set(
    [
      ...valuesOf(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
      ...valuesOf(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
    ].flatMap((prefix) => parseRange(prefix)?.family ?? []),
  );
  // Code and words: kubernetes-sigs/cloud-provider-azure and Azure/AKS#3136 met it.
  if (families.size > 1)
    throw new ArmProblem(
      400,
      'ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies',
      `Resource ${id} contains IP addresses or prefixes that belong to different address families. All IP addresses or prefixes in the resource should belong to the same address family.`,
    );
}

function checkPlace(id: string, member: string, one: string | undefined, many: readonly string[] | undefined): void {
  requireOne(id, member, one, many);
  for (const prefix of many ?? []) {
    // Tags stand alone in the singular member: hashicorp/terraform-provider-azurerm#5617 has the answer in full.
    if (prefix === '*' || meaningOfTag(prefix))
      throw new ArmProblem(
        400,
        'SecurityRuleParameterContainsUnsupportedValue',
        `Security rule parameter ${member} for rule with Id ${id} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${prefix}.`,
      );
  }
  for (const prefix of valuesOf(one, many)) {
    // Bits beyond the prefix are refused as well: Azure/azure-powershell#4557.
    if (prefix !== '*' && !meaningOfTag(prefix) && !isAligned(prefix))
      throw new ArmProblem(
        400,
        'SecurityRuleInvalidAddressPrefix',
        `Security rule ${id} has invalid Address prefix. Value provided: ${prefix}`,
      );
  }
}
