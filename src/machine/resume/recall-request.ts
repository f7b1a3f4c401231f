import { UsageError } from '../../errors/usage-error.ts';
import type { ComposeProject, RegistryLogin } from '../../provision/provisioning.ts';
import { type RecalledProvisioning, recallProvisioning } from '../../provision/remembered.ts';
import { checkRegistryLogin, parseRegistryLogin } from '../../provision/registry-login.ts';
import { Secret } from '../../secret/secret.ts';
import type { StoredMachine } from '../../store/load.ts';
import type { EngineOptions } from '../../store/record.ts';
import type { CreateInput } from '../create-request.ts';
import type { HostRequest } from '../prepare-creation.ts';
import { readComposeFile, readSettingsFiles } from '../read-extension-input.ts';
import { type Recalled, recallOrigin } from './recall-origin.ts';

/** What a command line says that goes on with a creation. */
export interface ResumeInput extends CreateInput {
  /** Names of the flags that were typed, without dashes. What only the environment says is for new machines. */
  readonly typed: ReadonlySet<string>;
}

interface Place {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const ENGINE_FLAGS: Readonly<Partial<Record<keyof EngineOptions, readonly string[]>>> = {
  ArbitraryFlags: ['engine-opt', 'docker-option'],
  Labels: ['engine-label'],
  RegistryMirror: ['engine-registry-mirror'],
  InsecureRegistry: ['engine-insecure-registry'],
  Env: ['engine-env'],
  StorageDriver: ['engine-storage-driver'],
  InstallURL: ['engine-install-url'],
};

/**
 * The request of an earlier run, out of record and sidecar, with what was typed now instead of what was asked for then. The user's
 * custom data is not read yet: a host that is there has it.
 *
 * @throws UsageError naming the flag, also for each secret that azdock does not keep and that has to be given again
 */
export async function recallRequest(
  machine: StoredMachine,
  input: ResumeInput,
  place: Place,
): Promise<Recalled & { readonly request: HostRequest }> {
  const { record, sidecar } = machine;
  const { typed, extension } = input;
  const files = await readSettingsFiles(extension, place.cwd);
  const recalled = await recallOrigin(machine, { ...input, enginePort: files?.port }, place);
  const kept = recallProvisioning(sidecar?.provision);
  const engine = { ...record.HostOptions.EngineOptions, ...typedEngine(input) };
  const isSwarmTyped = [...typed].some((flag) => flag.startsWith('swarm'));
  return {
    ...recalled,
    warnings: [...recalled.warnings, ...(files?.warnings ?? [])],
    request: {
      name: record.Name,
      origin: recalled.origin,
      engine: { ...engine, ArbitraryFlags: [...(engine.ArbitraryFlags ?? []), ...(files?.options ?? [])] },
      tlsSans: typed.has('tls-san') ? input.tlsSans : (record.HostOptions.AuthOptions.ServerCertSANs ?? []),
      compose: files?.compose ?? (await recallCompose(input, kept, place)),
      login: files?.login ?? recallLogin(input, kept, place),
      customData: undefined,
      swarm: isSwarmTyped ? input.swarm : record.HostOptions.SwarmOptions,
    },
  };
}

function typedEngine({ engine, typed }: ResumeInput): Partial<EngineOptions> {
  const isTyped = (key: string) =>
    Object.entries(ENGINE_FLAGS).some(([option, flags]) => option === key && flags.some((flag) => typed.has(flag)));
  return Object.fromEntries(Object.entries(engine).filter(([key]) => isTyped(key)));
}

async function recallCompose(
  { name, typed, extension }: ResumeInput,
  { compose, missingSecrets }: RecalledProvisioning,
  { cwd }: Place,
): Promise<ComposeProject | undefined> {
  const { composeFile, composeEnvironment: environment, composeSecretEnvironment: secretEnvironment } = extension;
  if (composeFile !== undefined)
    return { document: await readComposeFile(composeFile, cwd), environment, secretEnvironment };
  if (compose === undefined) {
    if (!typed.has('compose-env') && !typed.has('compose-secret-env')) return undefined;
    throw new UsageError('An environment for compose was given, but no compose file: add --compose FILE.');
  }
  const [missing] = missingSecrets.filter((secret) => !Object.hasOwn(secretEnvironment.reveal(), secret));
  if (missing !== undefined)
    throw notKept('--compose-secret-env', `the value of ${missing} for the compose project`, {
      label: 'With it',
      command: `azdock create ${name} --resume ${missingSecrets.map((one) => `--compose-secret-env ${one}`).join(' ')}`,
    });
  return { ...compose, environment: typed.has('compose-env') ? environment : compose.environment, secretEnvironment };
}

/** The password comes from the flags, or for the login on record from its variable. */
function recallLogin(
  { name, extension }: ResumeInput,
  { login }: RecalledProvisioning,
  { environment }: Place,
): RegistryLogin | undefined {
  const given = extension.registryLogin;
  if (given !== undefined) return parseRegistryLogin(given.account, given.password);
  if (login === undefined) return undefined;
  const password = environment['AZDOCK_REGISTRY_PASSWORD'];
  if (password !== undefined)
    return checkRegistryLogin({ ...login, password: new Secret(password) }, 'AZDOCK_REGISTRY_PASSWORD');
  const account = login.server === undefined ? login.username : `${login.username}@${login.server}`;
  throw notKept('--registry-login', `the password of ${account}`, {
    label: 'With it',
    command: `azdock create ${name} --resume --registry-login ${account} --registry-password-file FILE`,
  });
}

function notKept(flag: string, what: string, step: { readonly label: string; readonly command: string }): UsageError {
  return new UsageError(`azdock does not keep ${what}: give it again with ${flag}.`, {
    resource: flag,
    nextSteps: [step],
  });
}
