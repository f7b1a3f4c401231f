import type { AzureOptions } from '../options.ts';
import { wrongTogether } from './wrong-value.ts';

const FLAG = 'password-login';
/** Words for at least this many kinds of characters (Microsoft.Compute 2024-07-01, OSProfile.adminPassword). */
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]|_/];
/** Passwords that Azure knows too well (the same place). */
const refused = new Set([
  'abc@123',
  'P@$$w0rd',
  'P@ssw0rd',
  'P@ssword123',
  'Pa$$word',
  'pass@word1',
  'Password!',
  'Password1',
  'Password22',
  'iloveyou!',
]);

/** The password of a password login. What it is never stands in an error. @throws UsageError naming the flag */
export function checkPasswordOptions({ passwordLogin, password }: AzureOptions): void {
  if (!passwordLogin) return;
  if (password === undefined) wrongTogether(FLAG, 'it needs a password in AZDOCK_AZURE_PASSWORD');
  const text = password?.reveal() ?? '';
  if (text.length < 6 || text.length > 72) wrongTogether(FLAG, 'Azure wants a password of 6 to 72 characters');
  if (KINDS.filter((kind) => kind.test(text)).length < 3)
    wrongTogether(FLAG, 'Azure wants three of small letters, capitals, digits and other characters in a password');
  if (refused.has(text)) wrongTogether(FLAG, 'Azure refuses this password, as everybody knows it');
}
