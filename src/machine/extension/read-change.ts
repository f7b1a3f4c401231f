import { UsageError } from '../../errors/usage-error.ts';
import { parseRegistryLogin } from '../../provision/registry-login.ts';
import { Secret } from '../../secret/secret.ts';
import type { CreateInput } from '../create-request.ts';
import { readComposeFile, readSettingsFiles } from '../read-extension-input.ts';
import type { ChangeRequest, Unset } from './change-request.ts';

/** What the command line of `extension set` says, files not yet read. */
export interface ChangeInput extends Pick<CreateInput, 'name' | 'engine' | 'tlsSans' | 'extension'> {
  readonly unset: readonly Unset[];
  readonly newCertificate: boolean;
  readonly restartContainers: boolean;
}

/**
 * Reads the files that the command line names. A value of the command line goes before one of a file.
 *
 * @param cwd what relative paths start from
 * @returns the request, and lines that the user should read
 * @throws UsageError naming flag or file, also when there is nothing to change
 */
export async function readChange(
  input: ChangeInput,
  cwd: string,
): Promise<{ readonly request: ChangeRequest; readonly warnings: readonly string[] }> {
  const { name, engine, extension, tlsSans, unset, newCertificate, restartContainers } = input;
  const files = await readSettingsFiles(extension, cwd);
  const { composeFile, composeEnvironment, composeSecretEnvironment, registryLogin } = extension;
  const document = composeFile === undefined ? files?.compose?.document : await readComposeFile(composeFile, cwd);
  const options = [...(files?.options ?? []), ...(engine.ArbitraryFlags ?? [])];
  const request: ChangeRequest = {
    name,
    engine: { ...engine, ...(options.length === 0 ? {} : { ArbitraryFlags: options }) },
    tlsSans,
    unset,
    compose: {
      document,
      environment: { ...files?.compose?.environment, ...composeEnvironment },
      secretEnvironment: new Secret({
        ...files?.compose?.secretEnvironment.reveal(),
        ...composeSecretEnvironment.reveal(),
      }),
    },
    login:
      registryLogin === undefined ? files?.login : parseRegistryLogin(registryLogin.account, registryLogin.password),
    port: files?.port,
    newCertificate,
    restartContainers,
  };
  if (isEmpty(request)) throw nothing(name);
  return { request, warnings: files?.warnings ?? [] };
}

function isEmpty({ engine, tlsSans, unset, compose, login, newCertificate }: ChangeRequest): boolean {
  const environments = [compose.environment, compose.secretEnvironment.reveal()];
  return (
    Object.keys(engine).length === 0 &&
    tlsSans.length === 0 &&
    unset.length === 0 &&
    compose.document === undefined &&
    environments.every((environment) => Object.keys(environment).length === 0) &&
    login === undefined &&
    !newCertificate
  );
}

function nothing(name: string): UsageError {
  return new UsageError('Nothing was given that could be set.', {
    details: [
      'Engine: --docker-option, --engine-label, --engine-registry-mirror, --engine-insecure-registry, --engine-storage-driver, --engine-env',
      'Containers: --compose, --compose-env, --compose-secret-env, --no-compose, --registry-login',
      "DockerExtension's own files: --extension-settings, --extension-protected-settings",
      'Certificate: --new-certificate, --tls-san',
      'To take something back: --unset FLAG[=NAME]',
    ],
    nextSteps: [
      { label: 'For example', command: `azdock extension ${name} set --docker-option log-driver=journald` },
      { label: 'How it stands', command: `azdock extension ${name} show` },
    ],
  });
}
