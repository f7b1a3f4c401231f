import type { DriverPreview } from '../../driver-preview.ts';
import { accessRule } from '../access-rule.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { securityRules } from '../security-rules.ts';

/** The security group that will guard the machine. */
export function previewFirewall({ names, options, session }: AzureMachine): DriverPreview['firewall'] {
  if (names.securityGroup !== undefined) return { name: names.securityGroup.name, isOwn: false, rules: [] };
  const rules = securityRules({ ...options, sshPort: session.cloud.sshPort }).map(accessRule);
  return { name: names.firewall, isOwn: true, rules };
}
