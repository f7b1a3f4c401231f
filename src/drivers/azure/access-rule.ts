import type { SecurityRule } from '@azure/arm-network';
import type { AccessRule } from '../access.ts';
import { portsOf, sourcesOf } from './judge-rules.ts';
import { isOwnRule } from './security-rules.ts';

/** An inbound rule of Azure's in the driver's words. */
export function accessRule(rule: SecurityRule): AccessRule {
  return {
    name: rule.name ?? '',
    priority: rule.priority ?? 0,
    allows: rule.access === 'Allow',
    protocol: (rule.protocol ?? '').toLowerCase(),
    ports: portsOf(rule),
    from: sourcesOf(rule),
    isOwn: isOwnRule(rule),
  };
}
