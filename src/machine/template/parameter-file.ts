import { userDataPart } from '../../provision/custom-data.ts';
import { Secret } from '../../secret/secret.ts';
import type { CreateRequest } from '../create-request.ts';
import type { TemplateCertificates } from './certificates.ts';
import type { EngineDelivery } from './engine-delivery.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files */
const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';

export interface ParameterValues {
  readonly request: Pick<CreateRequest, 'compose' | 'login' | 'customData'>;
  readonly count: number | undefined;
  readonly sshPublicKey: string | undefined;
  readonly password: Secret | undefined;
  readonly userData: EngineDelivery['userData'];
  readonly certificates: TemplateCertificates;
}

/** A file with the values of a template's parameters, as `az deployment group create --parameters @FILE` takes it. */
export function parameterFile(values: ParameterValues): Secret {
  const { request, count, sshPublicKey, password, certificates } = values;
  const { login, compose } = request;
  const secrets = compose?.secretEnvironment.reveal() ?? {};
  const given = {
    ...(count === undefined ? {} : { count }),
    ...(sshPublicKey === undefined ? {} : { sshPublicKey }),
    ...(password === undefined ? {} : { adminPassword: password.reveal() }),
    ca: certificates.ca,
    ...certificateValues(certificates, count !== undefined),
    ...(login === undefined ? {} : { registryPassword: login.password.reveal() }),
    ...(Object.keys(secrets).length === 0 ? {} : { composeSecrets: secrets }),
    ...userDataValue(values),
  };
  const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }]));
  return new Secret(`${JSON.stringify({ $schema: SCHEMA, contentVersion: '1.0.0.0', parameters }, undefined, 2)}\n`);
}

function certificateValues({ machines }: TemplateCertificates, isLoop: boolean): object {
  if (isLoop)
    return {
      serverCertificates: { machines: machines.map(({ cert, key }) => ({ cert, key })) },
      certificateSerials: machines.map(({ serial }) => serial),
    };
  const [{ cert, key, serial } = { cert: '', key: '', serial: '' }] = machines;
  return { serverCert: cert, serverKey: key, certificateSerial: serial };
}

function userDataValue({ request, userData }: ParameterValues): object {
  const { customData } = request;
  if (userData === undefined || customData === undefined) return {};
  return { customData: userData === 'base64' ? customData.toString('base64') : userDataPart(customData) };
}
