import type { MachineProperties } from '../machine-shape.ts';
import { invalid } from '../problems.ts';

// https://learn.microsoft.com/azure/virtual-machines/linux/faq#what-are-the-password-requirements-when-creating-a-vm-
const refusedPasswords = new Set(
  'abc@123 iloveyou! P@$$w0rd P@ssw0rd P@ssword123 Pa$$word pass@word1 Password! Password1 Password22'.split(' '),
);
const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** Azure's rules for passwords of Linux machines: 6 to 72 characters of three of four kinds. @throws ArmProblem 400 */
export function checkPassword({
  adminPassword,
  linuxConfiguration,
}: NonNullable<MachineProperties['osProfile']>): void {
  if (linuxConfiguration?.disablePasswordAuthentication) return;
  if (adminPassword === undefined)
    throw invalid('adminPassword', "Required parameter 'adminPassword' is missing (null).");
  const found = kinds.filter((kind) => kind.test(adminPassword)).length;
  const isRight = /^[^\u0000-\u001f\u007f]{6,72}$/u.test(adminPassword) && found >= 3;
  if (!isRight)
    throw invalid(
      'adminPassword',
      'The supplied password must be between 6-72 characters long and must satisfy at least 3 of password complexity requirements from the following:\r\n1) Contains an uppercase character\r\n2) Contains a lowercase character\r\n3) Contains a numeric digit\r\n4) Contains a special character\r\n5) Control characters are not allowed',
    );
  if (refusedPasswords.has(adminPassword))
    throw invalid('adminPassword', 'The supplied password is not allowed. Please choose another password.');
}
