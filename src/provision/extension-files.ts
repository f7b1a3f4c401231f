import { Secret } from '../secret/secret.ts';
import { UsageError } from '../errors/usage-error.ts';
import { checkOption } from './check-engine.ts';
import { checkEnvironment } from './check-provisioning.ts';
import type { HandlerCloud } from './docker-extension.ts';
import { optionsFromWords, splitWords } from './option-words.ts';
import type { ComposeProject, RegistryLogin } from './provisioning.ts';
import { checkRegistryLogin } from './registry-login.ts';
import { parseSettings, type SettingsReader } from './settings-reader.ts';

/** A JSON file that the user keeps for DockerExtension. */
export interface SettingsFile {
  readonly text: string;
  /** As the user gave it, for errors. */
  readonly fileName: string;
}

/** What the user's two files say, in azdock's own terms, so that every provisioner can do it. */
export interface ExtensionFiles {
  /** Undefined leaves the port as it is. */
  readonly port: number | undefined;
  /** Options of dockerd without leading dashes, for `EngineConfig.options`. */
  readonly options: readonly string[];
  readonly compose: ComposeProject | undefined;
  readonly login: RegistryLogin | undefined;
  readonly cloud: HandlerCloud | undefined;
  /** A sentence each: what was found and is not used. */
  readonly warnings: readonly string[];
}

/**
 * Reads DockerExtension's public and protected settings as people keep them in files (Azure/azure-docker-extension:README.md).
 *
 * Certificates in them are not used, with a warning: the engine has to know azdock's own CA, or azdock could not talk to it.
 *
 * @throws UsageError naming file and key
 */
export function readExtensionFiles(files: {
  readonly settings: SettingsFile | undefined;
  readonly protectedSettings: SettingsFile | undefined;
}): ExtensionFiles {
  const open = parseSettings(files.settings, ['docker', 'compose', 'compose-environment', 'azure-environment']);
  const closed = parseSettings(files.protectedSettings, ['certs', 'login', 'environment']);
  const docker = open.object('docker', ['port', 'options']);
  const certificates = closed.object('certs', ['ca', 'cert', 'key']);
  const publicEnvironment = open.strings('compose-environment');
  const secretEnvironment = closed.strings('environment');
  const document = open.anyObject('compose');
  checkEnvironment(publicEnvironment, open.where('compose-environment'));
  checkEnvironment(secretEnvironment, closed.where('environment'));
  if (document === undefined && Object.keys({ ...publicEnvironment, ...secretEnvironment }).length > 0) {
    throw new UsageError(
      `${closed.name ?? open.name} has an environment for compose, but there is no compose document.`,
    );
  }
  return {
    port: port(docker),
    options: options(docker),
    compose:
      document === undefined
        ? undefined
        : { document, environment: publicEnvironment, secretEnvironment: new Secret(secretEnvironment) },
    login: login(closed),
    cloud: cloud(open),
    warnings: certificates.isEmpty
      ? []
      : [
          `The certificates in ${certificates.name} are not used: azdock signs the engine's certificate with its own CA.`,
        ],
  };
}

function port(docker: SettingsReader): number | undefined {
  const text = docker.text('port');
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= 1 && value <= 65_535) return value;
  throw new UsageError(`${docker.where('port')} is "${text}", which is not a port: 1 to 65535.`, {
    resource: docker.name ?? 'port',
  });
}

function options(docker: SettingsReader): string[] {
  const where = docker.where('options');
  const found = optionsFromWords(
    docker.list('options').flatMap((text) => splitWords(text, where)),
    where,
  );
  for (const option of found) checkOption(option, where);
  return found;
}

function login(closed: SettingsReader): RegistryLogin | undefined {
  // `email` belongs to the handler's format, and no Docker of today knows what to do with it.
  const found = closed.object('login', ['server', 'username', 'password', 'email']);
  if (found.isEmpty) return undefined;
  const server = found.text('server');
  return checkRegistryLogin(
    {
      username: found.text('username') ?? '',
      password: new Secret(found.text('password') ?? ''),
      server: server === undefined || server === '' ? undefined : server.replace(/^https?:\/\//, ''),
    },
    closed.where('login'),
  );
}

function cloud(open: SettingsReader): HandlerCloud | undefined {
  const name = open.text('azure-environment');
  if (name === undefined || name === '') return undefined;
  if (name === 'AzureCloud' || name === 'AzureChinaCloud') return name;
  throw new UsageError(
    `${open.where('azure-environment')} is "${name}"; DockerExtension knows AzureCloud and AzureChinaCloud.`,
  );
}
