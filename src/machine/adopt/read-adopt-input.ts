import { resolve } from 'node:path';
import { UsageError } from '../../errors/usage-error.ts';
import { parseRegistryLogin } from '../../provision/registry-login.ts';
import { readCompose } from '../read-create-input.ts';
import { readSettingsFiles } from '../read-extension-input.ts';
import { requireSockets } from '../tunnel/require-sockets.ts';
import type { AdoptInput, AdoptRequest } from './adopt-request.ts';

/**
 * Reads the files that the command line names. A value of the command line goes before one of a file.
 * @returns the request, and lines that the user should read
 * @throws UsageError naming flag or file
 */
export async function readAdoptInput(
  input: AdoptInput,
  cwd: string,
): Promise<{ readonly request: AdoptRequest; readonly warnings: readonly string[] }> {
  const { extension, engine, azure, sshKey, tunnel, ...rest } = input;
  const files = await readSettingsFiles(extension, cwd);
  const dockerPort = azure.dockerPort ?? files?.port;
  if (tunnel) {
    requireSockets();
    if (dockerPort !== undefined)
      throw new UsageError('A port of the engine does not go with --tunnel: the engine opens none.', {
        resource: '--tunnel',
      });
  }
  const login = extension.registryLogin;
  return {
    request: {
      ...rest,
      tunnel,
      azure: { ...azure, dockerPort },
      sshKey: sshKey === undefined ? undefined : resolve(cwd, sshKey),
      engine: { ...engine, ArbitraryFlags: [...(engine.ArbitraryFlags ?? []), ...(files?.options ?? [])] },
      compose: (await readCompose(extension, cwd)) ?? files?.compose,
      login: login === undefined ? files?.login : parseRegistryLogin(login.account, login.password),
    },
    warnings: files?.warnings ?? [],
  };
}
