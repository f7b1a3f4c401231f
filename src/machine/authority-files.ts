import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CertificateLocations } from '../certs/bootstrap.ts';
import type { MachineRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import type { MachineContext } from './machine-context.ts';

/**
 * Which CA and client certificate count: what the command line or the environment names now; else what the machine was made
 * with, as its record says, so long as it is still there; else the store's own.
 *
 * @param record of a machine that has them already
 */
export function authorityFiles(
  store: Pick<Store, 'certificates'>,
  context: Pick<MachineContext, 'tls'>,
  record?: MachineRecord,
): CertificateLocations {
  const { caCert, caKey, clientCert, clientKey } = context.tls;
  const own = store.certificates;
  const kept = record === undefined ? undefined : recorded(record);
  const base = kept ?? own;
  return {
    dir: own.dir,
    ca: caCert ?? base.ca,
    caKey: caKey ?? base.caKey,
    cert: clientCert ?? base.cert,
    key: clientKey ?? base.key,
  };
}

/**
 * A record names its files absolutely: those of the store in which it was made, or the user's. A store that was moved or copied
 * has its own beside it, so one in a folder called `certs` under the recorded store does not count, nor one that is gone.
 */
function recorded({ HostOptions, Driver }: MachineRecord): Omit<CertificateLocations, 'dir'> | undefined {
  const { CaCertPath: ca, CaPrivateKeyPath: caKey, ClientCertPath: cert, ClientKeyPath: key } = HostOptions.AuthOptions;
  const isStores = [ca, caKey, cert, key].every((file) => dirname(dirname(file)) === Driver.StorePath);
  return isStores || ![ca, caKey].every((file) => existsSync(file)) ? undefined : { ca, caKey, cert, key };
}
