import { randomBytes } from 'node:crypto';
import { customData } from '../provision/custom-data.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import type { DataDiskPlace } from '../provision/script/data-disks.ts';
import { engineScript } from '../provision/script/engine-script.ts';
import { Secret } from '../secret/secret.ts';
import type { ProvisionerName } from '../store/sidecar.ts';

/**
 * Composes what the machine is to carry at boot before there are certificates, to see whether it can be composed and is not too
 * long; what is still missing has the length of what will be there.
 *
 * @throws UsageError
 */
export async function checkBootData(boot: {
  readonly chosen: ProvisionerName;
  readonly draft: Provisioning;
  readonly userData: Buffer | undefined;
  readonly disks: readonly DataDiskPlace[];
}): Promise<void> {
  const { chosen, draft, userData, disks } = boot;
  const certificates = { ca: standIn(), cert: standIn(), key: new Secret(standIn()) };
  const script = chosen === 'cloud-init' ? await engineScript({ ...draft, certificates }, 'cloud-init') : undefined;
  customData({ script, userData, disks });
}

/** As long as a certificate or key of 2048 bits in PEM, and as hard to compress. */
function standIn(): string {
  return randomBytes(1_280).toString('base64');
}
