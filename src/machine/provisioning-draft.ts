import type { EngineConfig, Provisioning } from '../provision/provisioning.ts';
import { Secret } from '../secret/secret.ts';
import { DEFAULT_INSTALL_URL } from './engine-config.ts';
import type { CreateRequest } from './create-request.ts';
import type { MachineCertificates } from './machine-certificates.ts';
import type { NewMachine } from './new-machine.ts';

/** Stands for certificates that are not made yet. */
export const NO_CERTIFICATES = { ca: '', cert: '', key: new Secret('') } as const;

/** The provisioning as far as it is known before certificates exist: enough to check it and to choose a provisioner. */
export function provisioningDraft(request: CreateRequest, machine: NewMachine): Provisioning {
  const { engine, compose, login } = request;
  const config: EngineConfig = {
    port: machine.enginePort,
    storageDriver: engine.StorageDriver || undefined,
    labels: engine.Labels ?? [],
    insecureRegistries: engine.InsecureRegistry ?? [],
    registryMirrors: engine.RegistryMirror ?? [],
    options: engine.ArbitraryFlags ?? [],
    environment: engine.Env ?? [],
    installUrl: engine.InstallURL || DEFAULT_INSTALL_URL,
    driverName: machine.driver.name,
    certificateSerial: '',
  };
  return { engine: config, certificates: NO_CERTIFICATES, compose, login, adminUser: machine.sshUser };
}

/** The draft with its certificates. */
export function withCertificates(draft: Provisioning, { host, serial }: MachineCertificates): Provisioning {
  return { ...draft, engine: { ...draft.engine, certificateSerial: serial }, certificates: host };
}
