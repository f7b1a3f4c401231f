import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { azureOptions } from '../drivers/azure/resolve-options.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { ExtensionFiles, SettingsFile } from '../provision/extension-files.ts';
import type { ComposeProject } from '../provision/provisioning.ts';
import { parseRegistryLogin } from '../provision/registry-login.ts';
import type { CreateInput, CreateRequest } from './create-request.ts';

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
  if (input.driver !== 'azure') throw noSuchDriver(input.driver);
  const { extension, engine } = input;
  const files = await readExtension(extension, cwd);
  const { options: azure, warnings } = azureOptions({
    ...input.azure,
    dockerPort: input.azure.dockerPort ?? files?.port,
  });
  const login = extension.registryLogin;
  const customDataFile = azure.customDataFile === undefined ? undefined : resolve(cwd, azure.customDataFile);
  const swarmWarning =
    input.swarm.IsSwarm === true
      ? ['--swarm flags are kept in the record and do nothing: use docker swarm init on the machine instead.']
      : [];
  return {
    request: {
      name: input.name,
      azure: { ...azure, customDataFile },
      provisioner: input.provisioner,
      engine: { ...engine, ArbitraryFlags: [...(engine.ArbitraryFlags ?? []), ...(files?.options ?? [])] },
      tlsSans: input.tlsSans,
      compose: (await readCompose(extension, cwd)) ?? files?.compose,
      login: login === undefined ? files?.login : parseRegistryLogin(login.account, login.password),
      customData: customDataFile === undefined ? undefined : await readGiven(customDataFile, '--azure-custom-data'),
      swarm: input.swarm,
    },
    warnings: [...warnings, ...(files?.warnings ?? []), ...swarmWarning],
  };
}

async function readCompose(extension: CreateInput['extension'], cwd: string): Promise<ComposeProject | undefined> {
  const { composeFile, composeEnvironment, composeSecretEnvironment } = extension;
  if (composeFile === undefined) return undefined;
  const text = await readGiven(resolve(cwd, composeFile), '--compose');
  const { parseComposeFile } = await import('../provision/compose-file.ts');
  return {
    document: parseComposeFile(text.toString(), composeFile),
    environment: composeEnvironment,
    secretEnvironment: composeSecretEnvironment,
  };
}

async function readExtension(extension: CreateInput['extension'], cwd: string): Promise<ExtensionFiles | undefined> {
  const { settingsFile, protectedSettingsFile } = extension;
  if (settingsFile === undefined && protectedSettingsFile === undefined) return undefined;
  const read = async (fileName: string | undefined, flag: string): Promise<SettingsFile | undefined> =>
    fileName === undefined ? undefined : { fileName, text: (await readGiven(resolve(cwd, fileName), flag)).toString() };
  const { readExtensionFiles } = await import('../provision/extension-files.ts');
  return readExtensionFiles({
    settings: await read(settingsFile, '--extension-settings'),
    protectedSettings: await read(protectedSettingsFile, '--extension-protected-settings'),
  });
}

async function readGiven(path: string, flag: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new UsageError(`${flag}: ${path} ${why}.`, { resource: path, cause });
  });
}

function noSuchDriver(driver: string): UnsupportedError {
  const known = ['generic', 'none'].includes(driver);
  return new UnsupportedError(
    known
      ? `Driver ${driver} cannot create machines yet; machines of it that are in the store can be used.`
      : `Driver ${JSON.stringify(driver)} not found: azdock makes machines with driver azure.`,
    { resource: '--driver' },
  );
}
