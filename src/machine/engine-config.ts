import type { EngineConfig } from '../provision/provisioning.ts';
import type { StoredMachine } from '../store/load.ts';
import { DEFAULT_ENGINE_PORT, enginePort } from './address.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';

/** Docker's own installation script, docker-machine's default (docker/machine:drivers/drivers.go). */
export const DEFAULT_INSTALL_URL = 'https://get.docker.com';

/** What is on record about the engine, in the form that provisioners take. `serial` is the server certificate's. */
export function engineConfig(machine: StoredMachine, serial: string): EngineConfig {
  const { record } = machine;
  const options = record.HostOptions.EngineOptions;
  return {
    port: portOf(machine),
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

function portOf(machine: StoredMachine): number | undefined {
  if (hasTunnel(machine)) return undefined;
  return machine.record.DriverName === 'none' ? DEFAULT_ENGINE_PORT : enginePort(machine.record);
}
