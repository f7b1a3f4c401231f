import { UsageError } from '../errors/usage-error.ts';
import type { ComposeProject } from '../provision/provisioning.ts';
import { parseRegistryLogin } from '../provision/registry-login.ts';
import { withSources } from './allow-from.ts';
import type { CreateInput, CreateRequest } from './create-request.ts';
import { type Origin, readOrigin } from './origin.ts';
import { readComposeFile, readGiven, readSettingsFiles } from './read-extension-input.ts';

/**
 * Reads the files that the command line names, fills in defaults and checks every value by itself.
 *
 * @param cwd what relative paths start from
 * @returns the request, and lines that the user should read
 * @throws UsageError naming the flag or file; UnsupportedError for a driver that cannot create
 */
export async function readCreateInput(
  input: CreateInput,
  cwd: string,
): Promise<{ readonly request: CreateRequest; readonly warnings: readonly string[] }> {
  const { extension, engine } = input;
  const files = await readSettingsFiles(extension, cwd);
  const read = await readOrigin(input, { cwd, enginePort: files?.port });
  const { warnings } = read;
  const origin = guarded(read.origin, input.name);
  if (origin.driver === 'none') refuseContents(extension);
  const login = extension.registryLogin;
  const swarmWarning =
    input.swarm.IsSwarm === true
      ? ['--swarm flags are kept in the record and do nothing: use docker swarm init on the machine instead.']
      : [];
  return {
    request: {
      name: input.name,
      origin,
      engine: { ...engine, ArbitraryFlags: [...(engine.ArbitraryFlags ?? []), ...(files?.options ?? [])] },
      tlsSans: input.tlsSans,
      compose: (await readCompose(extension, cwd)) ?? files?.compose,
      login: login === undefined ? files?.login : parseRegistryLogin(login.account, login.password),
      customData: await readCustomData(origin),
      swarm: input.swarm,
    },
    warnings: [...warnings, ...(files?.warnings ?? []), ...swarmWarning],
  };
}

/** @throws UsageError when nobody has said who may reach a machine on Azure */
function guarded(origin: Origin, machine: string): Origin {
  return origin.driver === 'azure' ? { ...origin, options: withSources(origin.options, machine) } : origin;
}

/** The compose project that the command line names. @throws UsageError naming file and place */
export async function readCompose(
  extension: CreateInput['extension'],
  cwd: string,
): Promise<ComposeProject | undefined> {
  const { composeFile, composeEnvironment, composeSecretEnvironment } = extension;
  if (composeFile === undefined) return undefined;
  return {
    document: await readComposeFile(composeFile, cwd),
    environment: composeEnvironment,
    secretEnvironment: composeSecretEnvironment,
  };
}

/** The user's own custom data. @throws UsageError naming flag and file */
export async function readCustomData(origin: Origin): Promise<Buffer | undefined> {
  const file = origin.driver === 'azure' ? origin.options.customDataFile : undefined;
  return file === undefined ? undefined : readGiven(file, '--azure-custom-data');
}

/** @throws UsageError when something is to be put onto a machine that is nothing but a URL */
function refuseContents(extension: CreateInput['extension']): void {
  const { composeFile, registryLogin, settingsFile, protectedSettingsFile } = extension;
  const given = {
    '--compose': composeFile,
    '--registry-login': registryLogin,
    '--extension-settings': settingsFile,
    '--extension-protected-settings': protectedSettingsFile,
  };
  for (const [flag, value] of Object.entries(given)) {
    if (value === undefined) continue;
    throw new UsageError(`${flag} does not go with driver none: nothing is put onto that machine.`, { resource: flag });
  }
}
