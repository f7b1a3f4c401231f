import { notImplemented } from '../../arm/problems.ts';
import { isRegistered } from '../../resources/feature-routes.ts';
import type { World } from '../../world.ts';
import type { ImageSource } from '../image-source/image-source.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { invalid } from '../problems.ts';
import type { Size } from '../sizes.ts';

/** Security type, firmware and processor must suit size and image; encryption at host size and subscription. @throws ArmProblem 400 */
export function checkSecurity(
  world: World,
  { securityProfile }: MachineProperties,
  { size, source }: { readonly size: Size; readonly source: ImageSource },
): void {
  const type = securityProfile?.securityType;
  if (type === 'ConfidentialVM') throw notImplemented('confidential virtual machines');
  const fits = source.supportsTrustedLaunch && source.generation === 'V2' && size.trustedLaunch;
  if (type === 'TrustedLaunch' && !fits)
    throw invalid(
      'securityProfile.securityType',
      `The provided ${size.trustedLaunch ? 'image' : 'VM size'} is not supported for security type 'TrustedLaunch': it must be of Hyper-V Generation '2' and support Trusted Launch. For more information, see https://aka.ms/TrustedLaunch.`,
    );
  if (securityProfile?.uefiSettings && type !== 'TrustedLaunch')
    throw invalid(
      'securityProfile.uefiSettings',
      'Use of UEFI settings is not supported without setting Security Type to TrustedLaunch.',
    );
  checkEncryption(world, securityProfile?.encryptionAtHost ?? false, size);
  checkHardware(size, source);
}

function checkEncryption(world: World, isWanted: boolean, size: Size): void {
  if (!isWanted) return;
  if (!isRegistered(world, 'Microsoft.Compute/EncryptionAtHost'))
    throw invalid(
      'securityProfile.encryptionAtHost',
      "The property 'securityProfile.encryptionAtHost' is not valid because the 'Microsoft.Compute/EncryptionAtHost' feature is not enabled for this subscription.",
    );
  if (!size.encryptionAtHost)
    throw invalid(
      'securityProfile.encryptionAtHost',
      `The VM size '${size.name}' does not support encryption at host.`,
    );
}

function checkHardware(size: Size, { generation, architecture }: ImageSource): void {
  if (!size.generations.includes(generation))
    throw invalid(
      'vmSize',
      `The selected VM size '${size.name}' cannot boot Hypervisor Generation '${generation === 'V1' ? 1 : 2}'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size.`,
    );
  if (size.architecture !== architecture)
    throw invalid(
      'vmSize',
      `Cannot create a VM of size '${size.name}' because this VM size only supports a CPU Architecture of '${size.architecture}', but an image or disk with CPU Architecture '${architecture}' was given.`,
    );
}
