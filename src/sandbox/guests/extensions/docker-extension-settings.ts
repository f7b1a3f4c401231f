import type { ExtensionRun } from '../guest-host.ts';
import { parseObject, parseText, parseTextMap, parseTexts } from './settings-values.ts';

export interface DockerCertificates {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

export interface DockerExtensionSettings {
  /** Empty: the engine listens on its socket only. */
  readonly port: string;
  readonly options: readonly string[];
  readonly compose: Record<string, unknown>;
  readonly composeEnvironment: Readonly<Record<string, string>>;
  readonly protectedEnvironment: Readonly<Record<string, string>>;
  readonly azureEnvironment: string;
  /** Undefined unless all three are given. */
  readonly certificates: DockerCertificates | undefined;
  /** Undefined unless both name and password are given. */
  readonly login: DockerLogin | undefined;
}

export interface DockerLogin {
  readonly server: string;
  readonly username: string;
  readonly password: string;
  readonly email: string;
}

/**
 * The settings of DockerExtension 1.2.2 (Azure/azure-docker-extension, handlersettings.go). Keys that it does not know are
 * ignored, as it does.
 * @throws Error when a value has another type than the handler decodes
 */
export function parseDockerExtensionSettings(
  run: Pick<ExtensionRun, 'settings' | 'protectedSettings'>,
): DockerExtensionSettings {
  try {
    const { settings, protectedSettings } = run;
    const docker = parseObject(settings['docker'], 'docker');
    return {
      port: parseText(docker['port'], 'docker.port'),
      options: parseTexts(docker['options'], 'docker.options'),
      compose: parseObject(settings['compose'], 'compose'),
      composeEnvironment: parseTextMap(settings['compose-environment'], 'compose-environment'),
      azureEnvironment: parseText(settings['azure-environment'], 'azure-environment'),
      protectedEnvironment: parseTextMap(protectedSettings['environment'], 'environment'),
      certificates: parseCertificates(protectedSettings['certs']),
      login: parseLogin(protectedSettings['login']),
    };
  } catch (error) {
    throw new Error(`error parsing handler settings: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseCertificates(value: unknown): DockerCertificates | undefined {
  const certificates = parseObject(value, 'certs');
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => parseText(certificates[name], `certs.${name}`));
  return ca && cert && key ? { ca: decode(ca), cert: decode(cert), key: decode(key) } : undefined;
}

/** Base64, or the text itself when it is none. */
function decode(value: string): Buffer {
  const text = value.trim();
  return /^[A-Za-z0-9+/\r\n]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.from(text);
}

function parseLogin(value: unknown): DockerLogin | undefined {
  const login = parseObject(value, 'login');
  const field = (name: string) => parseText(login[name], `login.${name}`);
  const username = field('username');
  const password = field('password');
  if (username === '' || password === '') return undefined;
  return { server: field('server'), username, password, email: field('email') };
}
