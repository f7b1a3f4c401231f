import type { MachineProperties } from '../machine-shape.ts';
import { invalid } from '../problems.ts';
import { checkPassword } from './check-password.ts';

type OsProfile = NonNullable<MachineProperties['osProfile']>;

// Names that Azure refuses: https://learn.microsoft.com/azure/virtual-machines/linux/faq#what-are-the-username-requirements-when-creating-a-vm-
const refusedNames = new Set(
  '1 123 a actuser adm admin admin1 admin2 administrator aspnet backup console david guest john owner root server sql support support_388945a0 sys test test1 test2 test3 user user1 user2 user3 user4 user5 video'.split(
    ' ',
  ),
);

/** @throws ArmProblem 400 */
export function checkOsProfile({ osProfile, userData }: MachineProperties): void {
  if (!osProfile) throw invalid('osProfile', "Required parameter 'osProfile' is missing (null).");
  const { adminUsername, computerName, customData } = osProfile;
  if (!adminUsername)
    throw invalid('osProfile.adminUsername', "Required parameter 'osProfile.adminUsername' is missing (null).");
  if (refusedNames.has(adminUsername.toLowerCase()))
    throw invalid('adminUsername', 'The Admin Username specified is not allowed.');
  if (!computerName || !/^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/i.test(computerName))
    throw invalid(
      'computerName',
      `Linux host name cannot exceed 64 characters in length or contain the following characters: ' ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : ' " , < > / ?.`,
    );
  checkPassword(osProfile);
  checkKeys(osProfile, adminUsername);
  // https://learn.microsoft.com/azure/virtual-machines/custom-data: 64 KiB, in Base64.
  if (customData !== undefined && !isBase64(customData))
    throw invalid(
      'customData',
      'Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.',
    );
  if (userData !== undefined && !isBase64(userData))
    throw invalid('userData', 'User data must be in Base64 encoding and with a maximum length of 87380 characters.');
}

function isBase64(data: string): boolean {
  return data.length <= 87_380 && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data);
}

function checkKeys({ linuxConfiguration }: OsProfile, adminUsername: string): void {
  const keys = linuxConfiguration?.ssh?.publicKeys ?? [];
  if (keys.length === 0 && linuxConfiguration?.disablePasswordAuthentication)
    throw invalid(
      'linuxConfiguration',
      'Authentication using either SSH or by user name and password must be enabled in Linux profile.',
    );
  const expected = `/home/${adminUsername}/.ssh/authorized_keys`;
  for (const { path, keyData } of keys) {
    if (path !== undefined && path !== expected)
      throw invalid(
        'linuxConfiguration.ssh.publicKeys.path',
        `Destination path for SSH public keys is currently limited to its default value ${expected}  due to a known issue in Linux provisioning agent.`,
      );
    if (!/^ssh-(rsa|ed25519) [A-Za-z0-9+/=]+/.test(keyData))
      throw invalid(
        'linuxConfiguration.ssh.publicKeys.keyData',
        'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
      );
  }
}
