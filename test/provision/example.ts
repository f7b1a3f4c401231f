import type { EngineConfig, Provisioning } from '../../src/provision/provisioning.ts';
import { Secret } from '../../src/secret/secret.ts';

/** What `create` with no flags at all asks for. */
export const plainEngine: EngineConfig = {
  port: 2376,
  storageDriver: undefined,
  labels: [],
  insecureRegistries: [],
  registryMirrors: [],
  options: [],
  environment: [],
  installUrl: 'https://get.docker.com',
  driverName: 'azure',
  certificateSerial: '4fd2a1',
};

const pem = (kind: string, text: string) =>
  `-----BEGIN ${kind}-----\n${Buffer.from(text).toString('base64')}\n-----END ${kind}-----\n`;

/** Certificates that look like PEM; nothing reads what is inside. */
export const certificates = {
  ca: pem('CERTIFICATE', 'authority'),
  cert: pem('CERTIFICATE', 'server'),
  key: new Secret(pem('RSA PRIVATE KEY', 'server-key')),
};

/** A provisioning with changes to the plain engine and further parts. */
export function provisioning(engine: Partial<EngineConfig> = {}, rest: Partial<Provisioning> = {}): Provisioning {
  return {
    engine: { ...plainEngine, ...engine },
    certificates,
    compose: undefined,
    login: undefined,
    adminUser: 'root',
    ...rest,
  };
}

/** Values that a careless quoting somewhere between here and dockerd would change. */
export const HOSTILE = [
  "it's",
  '"quoted"',
  'a b',
  '100%s',
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's placeholder, to be kept as it is
  '${HOME}',
  '`id`',
  'back\\slash',
  'end\\',
  ';',
  "$(id)'",
  '#x',
  'ü',
];
