import type { DriverPreview } from '../../driver-preview.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { isRegistered } from '../check-provider.ts';
import { imageName } from '../image.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { planText, wantedPlan } from '../plan.ts';
import { previewFirewall } from './preview-firewall.ts';
import { previewQuotas } from './preview-quotas.ts';
import { previewResources } from './preview-resources.ts';

/** Providers that every machine needs, which the check of a creation registers. */
const PROVIDERS = ['Microsoft.Compute', 'Microsoft.Network'];

/** What a creation would make. Asks Azure and changes nothing. @throws ArmError, ConnectionError */
export async function previewMachine(machine: AzureMachine, image: ImageFacts): Promise<DriverPreview> {
  const { options, session } = machine;
  const size = (await machine.sizes())?.find(options.size);
  const [resources, quotas, unregistered] = await Promise.all([
    previewResources(machine),
    previewQuotas(machine),
    missingProviders(machine),
  ]);
  const plan = options.acceptTerms ? wantedPlan(options, image) : undefined;
  const { dnsLabel, location } = options;
  return {
    cloud: session.cloud.name,
    subscription: { id: session.subscriptionId, name: session.subscriptionName },
    location,
    zone: options.availabilityZone ?? null,
    resourceGroup: options.resourceGroup,
    size: { name: size?.name ?? options.size, vCpus: size?.vCpusAvailable ?? null, memoryGiB: size?.memoryGiB ?? null },
    spot: options.spot,
    image: { name: imageName(options.image), reference: options.image },
    resources,
    firewall: previewFirewall(machine),
    quotas,
    subscriptionChanges: [
      ...unregistered.map((namespace) => `resource provider ${namespace} would be registered`),
      ...(plan === undefined ? [] : [`the terms of ${planText(plan)} would be accepted`]),
    ],
    names: dnsLabel === undefined ? [] : [`${dnsLabel}.${location}.${session.cloud.dnsSuffix}`],
  };
}

async function missingProviders(machine: AzureMachine): Promise<readonly string[]> {
  const known = await Promise.all(PROVIDERS.map((namespace) => isRegistered(machine, namespace)));
  return PROVIDERS.filter((_namespace, index) => known[index] === false);
}
