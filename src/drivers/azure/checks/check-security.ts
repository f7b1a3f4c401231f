import { type AzureMachine, deed } from '../azure-machine.ts';
import type { SizeFacts } from '../catalogue/size-facts.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { suitableSizes } from '../size-steps.ts';
import { hasTrustedLaunch } from '../trusted-launch.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { refusal, tryWith } from './refusal.ts';

/** https://learn.microsoft.com/rest/api/resources/features */
const FEATURES_VERSION = '2021-07-01';
const FEATURE = 'Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost';

/** Trusted Launch where it was asked for or the image insists on it. @throws PreCreateCheckError */
export async function checkTrustedLaunch(
  machine: AzureMachine,
  image: ImageFacts,
  size: SizeFacts | undefined,
): Promise<void> {
  const { name, options } = machine;
  const { securityType } = options;
  const isNeeded = image.requiredSecurity === 'trusted-launch';
  if (securityType === 'standard' && isNeeded)
    throw refusal('--azure-security-type', `Image ${options.image} is for machines with Trusted Launch only.`, [
      tryWith(name, 'With it', `--azure-security-type trusted-launch --azure-image ${options.image}`),
    ]);
  if (securityType !== 'trusted-launch' && !isNeeded) return;
  const without = tryWith(name, 'Without it', `--azure-security-type standard --azure-size ${options.size}`);
  const suits = (other: SizeFacts) => other.hasTrustedLaunch;
  if (!hasTrustedLaunch(options.size, size))
    throw refusal('--azure-security-type', `${options.size} has no Trusted Launch.`, [
      ...(await suitableSizes(machine, { image, flags: '--azure-security-type trusted-launch', suits })),
      ...(isNeeded ? [] : [without]),
    ]);
  // What is not known of an image is left to Azure.
  if (image.allowsTrustedLaunch || image.diskControllers.length === 0) return;
  throw refusal(
    '--azure-security-type',
    image.generation === 'V1'
      ? `Trusted Launch needs an image of generation 2, and ${options.image} is of generation 1.`
      : `The publisher of ${options.image} does not allow Trusted Launch.`,
    [tryWith(name, 'Without it', `--azure-security-type standard --azure-image ${options.image}`)],
  );
}

/** Encryption at host needs a size that has it, and a subscription that is registered for it. @throws PreCreateCheckError */
export async function checkEncryptionAtHost(
  machine: AzureMachine,
  image: ImageFacts | undefined,
  size: SizeFacts | undefined,
): Promise<void> {
  const { options, session } = machine;
  if (!options.encryptionAtHost) return;
  if (size?.hasEncryptionAtHost === false)
    throw refusal(
      '--azure-encryption-at-host',
      `${options.size} has no encryption at host.`,
      await suitableSizes(machine, {
        ...(image === undefined ? {} : { image }),
        flags: '--azure-encryption-at-host',
        suits: (other) => other.hasEncryptionAtHost,
      }),
    );
  const id = `/subscriptions/${session.subscriptionId}/providers/${FEATURE}`;
  const feature = await unlessForbidden(() =>
    session.call(deed(machine, 'read feature EncryptionAtHost', id), undefined, async (to) =>
      to.request({ method: 'GET', path: id, apiVersion: FEATURES_VERSION }),
    ),
  );
  const { state } = Object(Object(feature).properties);
  if (feature === undefined || /^registered$/i.test(String(state))) return;
  throw refusal(
    '--azure-encryption-at-host',
    `Subscription ${session.subscriptionName} is not registered for encryption at host (${String(state)}).`,
    [
      {
        label: 'Register it, which takes minutes',
        command: `az feature register --namespace Microsoft.Compute --name EncryptionAtHost --subscription ${session.subscriptionId}`,
      },
    ],
  );
}
