import type { CliContext } from '../cli/context.ts';
import type { CreateValues } from '../cli/create-flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { Secret } from '../secret/secret.ts';

const VARIABLE = 'AZDOCK_AZURE_PASSWORD';

/**
 * Finds the password of a password login, where one was asked for: in the environment, else by asking for it.
 *
 * @throws UsageError when there is none
 */
export async function withPassword(values: CreateValues, context: CliContext): Promise<CreateValues> {
  if (values.driver !== 'azure' || values.azure.passwordLogin !== true) return values;
  const given = context.environment[VARIABLE];
  if (given === undefined && !context.interactive) return values;
  const password = new Secret(given ?? (await ask(values.azure.sshUser, context)));
  return { ...values, azure: { ...values.azure, password } };
}

async function ask(user: string | undefined, { talk, signal }: CliContext): Promise<string> {
  const { askHidden } = await import('../cli/prompt.ts');
  const question = (text: string) => askHidden({ text, input: process.stdin, output: talk, signal });
  const password = await question(`Password for ${user ?? 'docker-user'}:`);
  if (password !== undefined && password !== '' && (await question('The same again:')) === password) return password;
  throw new UsageError('The two passwords are not the same, or there is none.', {
    resource: '--azure-password-login',
  });
}
