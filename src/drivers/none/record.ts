import type { DriverRecord } from '../../store/record.ts';
import type { NoneOptions } from './options.ts';

/** Writes the `Driver` object as docker-machine does, key for key and in its order (docker/machine:drivers/none/driver.go). */
export function noneDriverRecord(
  { url }: NoneOptions,
  base: { readonly machineName: string; readonly storePath: string },
): DriverRecord {
  return {
    IPAddress: authority(url),
    MachineName: base.machineName,
    SSHUser: '',
    SSHPort: 0,
    SSHKeyPath: '',
    StorePath: base.storePath,
    SwarmMaster: false,
    SwarmHost: '',
    SwarmDiscovery: '',
    URL: url,
  };
}

/** Host and port as they stand in the URL (Go's `url.URL.Host`); empty for what is no URL. */
function authority(url: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^@/?#]*@)?([^/?#]*)/.exec(url)?.[1] ?? '';
}
