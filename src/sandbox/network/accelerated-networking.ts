import { ArmProblem } from '../arm/problem.ts';
import type { NetworkInterface } from './network-interface.ts';

/**
 * Whether a machine's size goes with its interfaces: asked when the machine is made, resized or given interfaces. Code and
 * words: Azure/acs-engine#3600.
 *
 * @param size with the value of its capability `AcceleratedNetworkingEnabled`
 * @throws ArmProblem 400
 */
export function checkAcceleratedNetworking(
  machine: { readonly id: string },
  size: { readonly name: string; readonly acceleratedNetworking: boolean },
  nics: readonly NetworkInterface[],
): void {
  if (size.acceleratedNetworking || !nics.some((nic) => nic.properties.enableAcceleratedNetworking)) return;
  throw new ArmProblem(
    400,
    'VMSizeIsNotPermittedToEnableAcceleratedNetworking',
    `Virtual Machine size ${size.name} is not in the allowed list of VM sizes for accelerated networking to be enabled on Network Interface ${machine.id}. For more information about VM sizes that support accelerated networking, please refer to https://aka.ms/AcceleratedNetworking.`,
  );
}
