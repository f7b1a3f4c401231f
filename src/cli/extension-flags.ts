import type { InferredFlags } from '@oclif/core/interfaces';
import { UsageError } from '../errors/usage-error.ts';
import { Secret } from '../secret/secret.ts';
import { keyValues, repeated, text, yes } from './flags.ts';
import { type PasswordPlaces, registryPassword } from './registry-password.ts';

const COMPOSE = 'Containers to start, registry login';
const FILES = "DockerExtension's own settings";

/** Flags about what comes onto the machine with the engine. */
export const extensionFlags = {
  compose: text({ helpValue: 'FILE', summary: 'Compose file whose services are started', helpGroup: COMPOSE }),
  'compose-env': repeated({
    helpValue: 'KEY=VALUE',
    summary: 'Environment of the compose file; may be repeated',
    helpGroup: COMPOSE,
  }),
  'compose-secret-env': repeated({
    helpValue: 'KEY[=VARIABLE]',
    summary: 'The same, kept secret: the value comes from the environment variable KEY, or VARIABLE; may be repeated',
    helpGroup: COMPOSE,
  }),
  'registry-login': text({
    helpValue: 'USER[@SERVER]',
    summary: 'Log the machine in to a registry [default server: Docker Hub]',
    helpGroup: COMPOSE,
  }),
  'registry-password-file': text({
    helpValue: 'FILE',
    summary: 'File that holds the password for it; without, the variable AZDOCK_REGISTRY_PASSWORD',
    helpGroup: COMPOSE,
  }),
  'registry-password-stdin': yes({
    summary: 'Read that password from standard input',
    helpGroup: COMPOSE,
    exclusive: ['registry-password-file'],
  }),
  'extension-settings': text({
    helpValue: 'FILE',
    summary: 'JSON file with the settings, as the extension takes them',
    helpGroup: FILES,
  }),
  'extension-protected-settings': text({
    helpValue: 'FILE',
    summary: 'JSON file with the protected settings',
    helpGroup: FILES,
  }),
};

/** What was given. Files other than the password's are named, not read. */
export interface ExtensionValues {
  readonly composeFile: string | undefined;
  readonly composeEnvironment: Readonly<Record<string, string>>;
  readonly composeSecretEnvironment: Secret<Readonly<Record<string, string>>>;
  /** `USER` or `USER@SERVER`, with its password. */
  readonly registryLogin: { readonly account: string; readonly password: Secret } | undefined;
  readonly settingsFile: string | undefined;
  readonly protectedSettingsFile: string | undefined;
}

/** @throws UsageError when a value, a variable or the password is missing */
export async function extensionValues(
  flags: InferredFlags<typeof extensionFlags>,
  places: Omit<PasswordPlaces, 'file' | 'stdin'> & {
    /** There is a compose project already, whose environment alone may be given. */
    readonly hasCompose?: boolean;
  },
): Promise<ExtensionValues> {
  const account = flags['registry-login'];
  const file = flags['registry-password-file'];
  const fromInput = flags['registry-password-stdin'];
  if (account === undefined && (file !== undefined || fromInput)) {
    throw new UsageError('A registry password was given, but not whose: add --registry-login USER[@SERVER].');
  }
  const hasCompose = flags.compose !== undefined || places.hasCompose === true;
  if (!hasCompose && flags['compose-env'].length + flags['compose-secret-env'].length > 0) {
    throw new UsageError('An environment for compose was given, but no compose file: add --compose FILE.');
  }
  return {
    composeFile: flags.compose,
    composeEnvironment: keyValues('compose-env', flags['compose-env']),
    composeSecretEnvironment: new Secret(secretEnvironment(flags['compose-secret-env'], places.environment)),
    registryLogin:
      account === undefined
        ? undefined
        : { account, password: await registryPassword({ ...places, file, stdin: fromInput }) },
    settingsFile: flags['extension-settings'],
    protectedSettingsFile: flags['extension-protected-settings'],
  };
}

function secretEnvironment(
  items: readonly string[],
  environment: PasswordPlaces['environment'],
): Readonly<Record<string, string>> {
  const named = keyValues(
    'compose-secret-env',
    items.map((item) => (item.includes('=') ? item : `${item}=${item}`)),
  );
  return Object.fromEntries(
    Object.entries(named).map(([key, variable]) => {
      const value = environment[variable];
      if (value === undefined) {
        throw new UsageError(`--compose-secret-env ${key}: the environment variable ${variable} is not set.`, {
          resource: variable,
        });
      }
      return [key, value];
    }),
  );
}
