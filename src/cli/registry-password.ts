import type { Readable } from 'node:stream';
import { UsageError } from '../errors/usage-error.ts';
import { Secret } from '../secret/secret.ts';

/** Where a registry's password may come from. */
export interface PasswordPlaces {
  readonly file: string | undefined;
  readonly stdin: boolean;
  readonly input: Readable;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Environment variable with the password, for where neither file nor standard input is at hand. */
const VARIABLE = 'AZDOCK_REGISTRY_PASSWORD';

/** The password from the file, else from standard input, else from the environment. @throws UsageError when there is none */
export async function registryPassword(places: PasswordPlaces): Promise<Secret> {
  const { file, input } = places;
  if (file !== undefined) return passwordOf(await readPasswordFile(file), file);
  if (places.stdin) {
    let typed = '';
    for await (const chunk of input) typed += String(chunk);
    return passwordOf(typed, 'Standard input');
  }
  const given = places.environment[VARIABLE];
  if (given !== undefined) return passwordOf(given, VARIABLE);
  throw new UsageError(
    `--registry-login needs a password: give --registry-password-file, --registry-password-stdin or ${VARIABLE}.`,
    { resource: '--registry-login' },
  );
}

async function readPasswordFile(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`The password file cannot be read: ${why}.`, { resource: file, cause });
  });
}

/** One line feed at the end is the editor's or echo's, not the password's. */
function passwordOf(text: string, source: string): Secret {
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError(`${source} holds no password.`, { resource: source });
  return new Secret(password);
}
