import type { CreateRequest } from '../create-request.ts';
import type { EngineDelivery } from './engine-delivery.ts';
import type { TemplateParameter } from './template.ts';

export interface ParameterRequest {
  readonly request: Pick<CreateRequest, 'compose' | 'login'>;
  readonly location: string;
  readonly sshUser: string;
  /** That user has a password, too. */
  readonly hasPassword: boolean;
  /** Undefined: one machine, and no loop. */
  readonly count: number | undefined;
  /** One `authorized_keys` line. */
  readonly sshPublicKey: string | undefined;
  readonly userData: EngineDelivery['userData'];
}

const USER_DATA = {
  base64: 'Custom data of the machine, as base64',
  part: "The user's custom data, as a part of a MIME archive",
} as const;

/** What those who deploy a template may say, and what they have to. */
export function templateParameters(from: ParameterRequest): readonly TemplateParameter[] {
  const { request, location, count, sshUser, sshPublicKey, hasPassword, userData } = from;
  const { login, compose } = request;
  const secrets = Object.keys(compose?.secretEnvironment.reveal() ?? {});
  return [
    { name: 'location', type: 'string', description: 'Region', defaultValue: location },
    ...(count === undefined
      ? []
      : ([
          { name: 'count', type: 'int', description: 'Number of machines', defaultValue: count, minValue: 1 },
        ] as const)),
    {
      name: 'sshPublicKey',
      type: 'string',
      description: 'Who may log in over SSH: a line of authorized_keys',
      ...(sshPublicKey === undefined ? {} : { defaultValue: sshPublicKey }),
    },
    ...(hasPassword
      ? ([{ name: 'adminPassword', type: 'secureString', description: `Password of ${sshUser} for SSH` }] as const)
      : []),
    { name: 'ca', type: 'secureString', description: 'Certificate of the CA that signs for engine and clients, PEM' },
    ...certificateParameters(count !== undefined),
    ...(login === undefined
      ? []
      : ([
          {
            name: 'registryPassword',
            type: 'secureString',
            description: `Password of ${login.username} for ${login.server ?? 'Docker Hub'}`,
          },
        ] as const)),
    ...(secrets.length === 0
      ? []
      : ([
          {
            name: 'composeSecrets',
            type: 'secureObject',
            description: `Environment of the compose project that nobody else may see: ${secrets.join(', ')}`,
          },
        ] as const)),
    ...(userData === undefined
      ? []
      : ([{ name: 'customData', type: 'secureString', description: USER_DATA[userData] }] as const)),
  ];
}

function certificateParameters(isLoop: boolean): readonly TemplateParameter[] {
  if (isLoop)
    return [
      {
        name: 'serverCertificates',
        type: 'secureObject',
        description: "The engines' certificates and keys, PEM: { machines: [{ cert, key }] }, one for each machine",
      },
      {
        name: 'certificateSerials',
        type: 'array',
        description: "Serial numbers of these certificates in upper-case hex, for the engines' labels",
      },
    ];
  return [
    { name: 'serverCert', type: 'secureString', description: "The engine's certificate, PEM" },
    { name: 'serverKey', type: 'secureString', description: 'Its key, PEM' },
    {
      name: 'certificateSerial',
      type: 'string',
      description: "Serial number of that certificate in upper-case hex, for the engine's label",
    },
  ];
}
