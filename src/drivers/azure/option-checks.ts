import { checkDiskOptions } from './option-checks/disks.ts';
import { checkFallbackOptions } from './option-checks/fallback.ts';
import { checkMachineOptions, checkSpotOptions } from './option-checks/machine.ts';
import { checkNetworkOptions } from './option-checks/network.ts';
import { checkPasswordOptions } from './option-checks/password.ts';
import { checkPlacementOptions } from './option-checks/placement.ts';
import { checkTagOptions } from './option-checks/tags.ts';
import { wrongValue } from './option-checks/wrong-value.ts';
import type { AzureOptions } from './options.ts';
import { loginMethods } from './options.ts';

/** Checks each value by itself, without asking Azure. @throws UsageError naming the flag */
export function checkAzureOptions(options: AzureOptions): void {
  for (const [flag, value] of required(options)) if (value === '') wrongValue(flag, value, 'must not be empty');
  if (!/^[-\w.()]{0,89}[-\w()]$/.test(options.resourceGroup))
    wrongValue(
      'resource-group',
      options.resourceGroup,
      'letters, digits, _ - . ( ), at most 90, not ending with a period',
    );
  if (!loginMethods.includes(options.login))
    wrongValue('login', options.login, `expected one of ${loginMethods.join(', ')}`);
  checkMachineOptions(options);
  checkPasswordOptions(options);
  checkPlacementOptions(options);
  checkFallbackOptions(options);
  checkSpotOptions(options);
  checkDiskOptions(options);
  checkNetworkOptions(options);
  checkTagOptions(options);
}

/** Flags that docker-machine insists on (docker/machine:drivers/azure). */
function required(options: AzureOptions): readonly (readonly [flag: string, value: string])[] {
  return [
    ['environment', options.environment],
    ['resource-group', options.resourceGroup],
    ['ssh-user', options.sshUser],
    ['location', options.location],
    ['size', options.size],
    ['image', options.image],
    ['vnet', options.virtualNetwork],
    ['subnet', options.subnet],
    ['subnet-prefix', options.subnetPrefix],
    ['storage-type', options.storageType],
  ];
}
