import type { ComposeProject } from '../provision/provisioning.ts';
import { recallProvisioning } from '../provision/remembered.ts';
import { Secret } from '../secret/secret.ts';
import type { Sidecar } from '../store/sidecar.ts';
import type { Progress } from '../steps/progress.ts';

/** The compose project as it was, unless it needs secrets that azdock did not keep: then its containers are left as they are. */
export function recallCompose(sidecar: Sidecar | undefined, progress: Progress): ComposeProject | undefined {
  const { compose, missingSecrets } = recallProvisioning(sidecar?.provision);
  if (compose === undefined) return undefined;
  if (missingSecrets.length === 0) return { ...compose, secretEnvironment: new Secret({}) };
  progress.warn(
    `The compose project is left alone: it needs ${missingSecrets.join(', ')}, which azdock does not keep.`,
  );
  return undefined;
}
