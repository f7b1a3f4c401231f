import type { EngineConfig, Provisioning } from '../provision/provisioning.ts';
import { Secret } from '../secret/secret.ts';
import { DEFAULT_INSTALL_URL } from './engine-config.ts';
import type { CreateRequest } from './create-request.ts';
import type { MachineCertificates } from './machine-certificates.ts';

/** Stands for certificates that are not made yet. */
const NO_CERTIFICATES = { ca: '', cert: '', key: new Secret('') } as const;

/** The provisioning as far as it is known before certificates exist: enough to check it and to choose a provisioner. */
export function provisioningDraft(request: CreateRequest): Provisioning {
  const { engine, azure, compose, login } = request;
  const config: EngineConfig = {
    port: azure.dockerPort,
    storageDriver: engine.StorageDriver || undefined,
    labels: engine.Labels ?? [],
    insecureRegistries: engine.InsecureRegistry ?? [],
    registryMirrors: engine.RegistryMirror ?? [],
    options: engine.ArbitraryFlags ?? [],
    environment: engine.Env ?? [],
    installUrl: engine.InstallURL || DEFAULT_INSTALL_URL,
    driverName: 'azure',
    certificateSerial: '',
  };
  return { engine: config, certificates: NO_CERTIFICATES, compose, login, adminUser: azure.sshUser };
}

/** The draft with its certificates. */
export function withCertificates(draft: Provisioning, { host, serial }: MachineCertificates): Provisioning {
  return { ...draft, engine: { ...draft.engine, certificateSerial: serial }, certificates: host };
}
