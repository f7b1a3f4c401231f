import type { EngineConfig } from '../provision/provisioning.ts';
import type { MachineRecord } from '../store/record.ts';
import { DEFAULT_ENGINE_PORT, enginePort } from './address.ts';

/** Docker's own installation script, docker-machine's default (docker/machine:drivers/drivers.go). */
export const DEFAULT_INSTALL_URL = 'https://get.docker.com';

/** What the record says about the engine, in the form that provisioners take. `serial` is the server certificate's. */
export function engineConfig(record: MachineRecord, serial: string): EngineConfig {
  const options = record.HostOptions.EngineOptions;
  return {
    port: record.DriverName === 'none' ? DEFAULT_ENGINE_PORT : enginePort(record),
    storageDriver: options.StorageDriver === '' ? undefined : options.StorageDriver,
    labels: options.Labels ?? [],
    insecureRegistries: options.InsecureRegistry ?? [],
    registryMirrors: options.RegistryMirror ?? [],
    options: options.ArbitraryFlags ?? [],
    environment: options.Env ?? [],
    installUrl: options.InstallURL === '' ? DEFAULT_INSTALL_URL : options.InstallURL,
    driverName: record.DriverName,
    certificateSerial: serial,
  };
}
