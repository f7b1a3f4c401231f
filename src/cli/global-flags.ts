import { boolean, option, string } from '@oclif/core/flags';

const GLOBAL = 'Global';

/** Flags that every verb has, on either side of it. Names and environment variables are docker-machine's where it has them. */
export const globalFlags = {
  debug: boolean({
    char: 'D',
    env: 'MACHINE_DEBUG',
    allowNo: true,
    summary: 'Tell on stderr what is asked of Azure and what it answers',
    helpGroup: GLOBAL,
  }),
  'storage-path': string({
    char: 's',
    env: 'MACHINE_STORAGE_PATH',
    helpValue: 'DIR',
    summary: 'Where machines and certificates are kept [default: ~/.docker/machine]',
    helpGroup: GLOBAL,
  }),
  'no-color': boolean({ summary: 'No colours', helpGroup: GLOBAL }),
  progress: option({
    options: ['auto', 'plain', 'none'] as const,
    summary: 'Live steps on a terminal and lines elsewhere (auto), always lines, or nothing',
    helpGroup: GLOBAL,
  })(),
  'tls-ca-cert': path('MACHINE_TLS_CA_CERT', 'CA certificate for new machines [default: certs/ca.pem in the store]'),
  'tls-ca-key': path('MACHINE_TLS_CA_KEY', 'Key of that CA'),
  'tls-client-cert': path(
    'MACHINE_TLS_CLIENT_CERT',
    'Client certificate for new machines [default: certs/cert.pem in the store]',
  ),
  'tls-client-key': path('MACHINE_TLS_CLIENT_KEY', 'Key of that client certificate'),
  'docker-cert-dir': string({
    env: 'AZDOCK_DOCKER_CERT_DIR',
    helpValue: 'DIR',
    summary: 'Folder with ca.pem, ca-key.pem, cert.pem and key.pem for new machines; what is missing is made there',
    helpGroup: GLOBAL,
  }),
  'native-ssh': boolean({
    env: 'MACHINE_NATIVE_SSH',
    allowNo: true,
    summary: 'Never use the ssh program of this computer',
    helpGroup: GLOBAL,
  }),
  // docker-machine's callers pass these (GitLab Runner before every verb). azdock sends no reports and downloads no ISO images.
  'bugsnag-api-token': string({ hidden: true }),
  'github-api-token': string({ hidden: true }),
};

/** Flag of verbs whose result can be one JSON document: those with `static enableJsonFlag = true`. */
export const jsonFlag = boolean({ summary: 'Print the result, or the error, as one JSON document', helpGroup: GLOBAL });

/** The global flags as parsed. `json` exists for verbs that have it. */
export interface GlobalFlags {
  readonly debug?: boolean | undefined;
  readonly 'storage-path'?: string | undefined;
  readonly 'no-color'?: boolean | undefined;
  readonly progress?: 'auto' | 'plain' | 'none' | undefined;
  readonly 'tls-ca-cert'?: string | undefined;
  readonly 'tls-ca-key'?: string | undefined;
  readonly 'tls-client-cert'?: string | undefined;
  readonly 'tls-client-key'?: string | undefined;
  readonly 'docker-cert-dir'?: string | undefined;
  readonly 'native-ssh'?: boolean | undefined;
  readonly json?: boolean | undefined;
}

function path(env: string, summary: string) {
  return string({ env, summary, helpValue: 'FILE', helpGroup: GLOBAL });
}
