import { UsageError } from '../../errors/usage-error.ts';
import type { Sidecar } from '../../store/sidecar.ts';
import type { ProvisionerChoice } from '../choose-provisioner.ts';

/**
 * The provisioner for a host that an earlier run has made: cloud-init runs at the first boot only, so that what it began CustomScript
 * completes.
 *
 * @param wanted as recorded, or as typed now
 * @throws UsageError when cloud-init is asked for and the host was made without
 */
export function provisionerForHost(
  name: string,
  wanted: ProvisionerChoice,
  { provisioner }: Sidecar,
): ProvisionerChoice {
  if (wanted !== 'cloud-init') return wanted;
  if (provisioner === 'cloud-init') return 'custom-script';
  throw new UsageError(`${name} was made without cloud-init, which runs at the first boot only.`, {
    resource: '--azure-provisioner',
    nextSteps: [
      { label: 'By CustomScript', command: `azdock create ${name} --resume --azure-provisioner custom-script` },
    ],
  });
}
