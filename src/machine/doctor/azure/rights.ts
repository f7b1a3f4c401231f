import { lackingActions, readPermissions } from '../../../drivers/azure/diagnosis/permissions.ts';
import { ArmError } from '../../../errors/arm-error.ts';
import type { Check } from '../check.ts';
import { command, notChecked, ok, problem } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** Without these no machine can be made and removed again (learn.microsoft.com, "Azure permissions for Compute", "… for Networking"). */
const NEEDED = [
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/subscriptions/resourceGroups/write',
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.Compute/virtualMachines/delete',
  'Microsoft.Compute/virtualMachines/start/action',
  'Microsoft.Compute/virtualMachines/deallocate/action',
  'Microsoft.Compute/virtualMachines/extensions/write',
  'Microsoft.Compute/disks/write',
  'Microsoft.Compute/disks/delete',
  'Microsoft.Network/virtualNetworks/write',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
  'Microsoft.Network/networkSecurityGroups/write',
  'Microsoft.Network/networkSecurityGroups/join/action',
  'Microsoft.Network/publicIPAddresses/write',
  'Microsoft.Network/publicIPAddresses/join/action',
  'Microsoft.Network/networkInterfaces/write',
  'Microsoft.Network/networkInterfaces/join/action',
  'Microsoft.Network/networkInterfaces/delete',
];

/** How many are named. */
const SHOWN = 3;

/** Whether this login's roles let it make machines. What denies assignments take away, Azure does not tell here. */
export const rights: Check<AzureSubject> = {
  id: 'rights',
  title: 'Rights',
  needs: ['login'],
  async run({ azure }, signal) {
    const machine = await azure.machine();
    const { session, names } = machine;
    try {
      const lacking = lackingActions(await readPermissions(machine, signal), NEEDED);
      if (lacking.length === 0) return ok(`This login may make and remove machines in ${names.group}.`);
      const more = lacking.length > SHOWN ? ` and ${lacking.length - SHOWN} more` : '';
      const { objectId = 'OBJECT_ID' } = await session.identity();
      return problem(
        `This login may not ${lacking.slice(0, SHOWN).join(', ')}${more}.`,
        command(
          `az role assignment create --assignee ${objectId} --role Contributor --scope /subscriptions/${session.subscriptionId}`,
        ),
      );
    } catch (error) {
      // Clouds of one's own need not have this.
      if (error instanceof ArmError) return notChecked(`Azure does not tell what this login may do. ${error.message}`);
      throw error;
    }
  },
};
