import { groupId } from '../../arm/resources.ts';
import { zonesOf } from '../../compute/size-availability.ts';
import type { JsonObject } from '../../json.ts';
import type { ResourceGroup } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import type { Place } from '../expressions/context.ts';

interface Wanted {
  readonly group: ResourceGroup | undefined;
  /** What `deployment()` gives. */
  readonly deployment: JsonObject;
}

/** Types that can be put into a zone. */
const zonal = /^Microsoft\.(Compute\/(virtualMachines|disks)|Network\/publicIPAddresses)$/i;

/** What `subscription()`, `resourceGroup()` and the like give. */
export function placeOf(world: World, { group, deployment }: Wanted): Place {
  const { subscriptionId, tenantId } = world.identity;
  return {
    subscriptionId,
    group: group?.name,
    targetGroup: group?.name,
    nowMs: world.clock.nowMs(),
    deployment,
    tenant: { tenantId, countryCode: 'US', displayName: 'Sandbox' },
    subscription: {
      id: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      tenantId,
      displayName: 'Sandbox',
    },
    resourceGroup: group && {
      id: groupId(world, group.name),
      name: group.name,
      type: 'Microsoft.Resources/resourceGroups',
      location: group.location,
      tags: { ...group.tags },
      properties: { provisioningState: 'Succeeded' },
    },
    environment: environment(world),
    zonesOf: (type, location) => (zonal.test(type) ? zonesOf(location) : []),
  };
}

/** The form is Azure's, the addresses are the sandbox's where it has them. https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment */
function environment({ endpoint }: World): JsonObject {
  return {
    name: 'AzureCloud',
    resourceManager: `${endpoint}/`,
    authentication: {
      loginEndpoint: `${endpoint}/`,
      audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    suffixes: {
      acrLoginServer: '.azurecr.io',
      keyvaultDns: '.vault.azure.net',
      sqlServerHostname: '.database.windows.net',
      storage: 'core.windows.net',
    },
  };
}
