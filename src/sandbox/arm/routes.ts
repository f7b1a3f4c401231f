import { permissionRoutes } from '../authorization/permission-routes.ts';
import { availabilitySetRoutes } from '../compute/availability-set.ts';
import { catalogueRoutes } from '../compute/catalogue-routes.ts';
import { diskRoutes } from '../compute/disk.ts';
import { extensionRoutes } from '../compute/extension-routes.ts';
import { machineRoutes } from '../compute/machine-routes.ts';
import { evictionRoutes } from '../compute/evict.ts';
import { foreignGalleryRoutes } from '../compute/gallery/foreign-gallery-routes.ts';
import { galleryRoutes } from '../compute/gallery/gallery.ts';
import { galleryImageRoutes } from '../compute/gallery/gallery-image.ts';
import { galleryVersionRoutes } from '../compute/gallery/gallery-version.ts';
import { shareGalleryRoutes } from '../compute/gallery/share-gallery.ts';
import { customImageRoutes } from '../compute/image-source/custom-image.ts';
import { powerRoutes } from '../compute/power.ts';
import { runCommandRoutes } from '../compute/run-command.ts';
import { proximityGroupRoutes } from '../compute/proximity-group.ts';
import { computeUsageRoutes } from '../compute/quota.ts';
import { skuRoutes } from '../compute/sku-routes.ts';
import { userIdentityRoutes } from '../managed-identity/user-identity.ts';
import { agreementRoutes } from '../marketplace/agreements.ts';
import { deploymentRoutes } from '../deployments/deployment-routes.ts';
import { addressAvailabilityRoutes } from '../network/address-availability.ts';
import { dnsRoutes } from '../network/dns-label.ts';
import { natGatewayRoutes } from '../network/nat-gateway.ts';
import { interfaceRoutes } from '../network/network-interface.ts';
import { addressRoutes } from '../network/public-address.ts';
import { routeTableRoutes } from '../network/route-table.ts';
import { ruleRoutes } from '../network/rule-routes.ts';
import { securityGroupRoutes } from '../network/security-group.ts';
import { subnetRoutes } from '../network/subnet-routes.ts';
import { networkUsageRoutes } from '../network/usages.ts';
import { networkRoutes } from '../network/virtual-network.ts';
import { restrictionRoutes } from '../policy/restriction-routes.ts';
import { featureRoutes } from '../resources/feature-routes.ts';
import { groupRoutes } from '../resources/group-routes.ts';
import { listRoutes } from '../resources/list-routes.ts';
import { locationRoutes } from '../resources/location-routes.ts';
import { providerRoutes } from '../resources/provider-routes.ts';
import { subscriptionRoutes } from '../resources/subscription-routes.ts';
import { answerResult, answerStatus } from './operation-answers.ts';
import type { Route } from './route.ts';

const compute = '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}';
const network = '/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}';

const operationRoutes: readonly Route[] = [
  { method: 'GET', path: `${compute}/operations/{operationId}`, family: 'compute', answer: answerStatus },
  { method: 'GET', path: `${compute}/DiskOperations/{operationId}`, family: 'disks', answer: answerStatus },
  { method: 'GET', path: `${compute}/capsOperations/{operationId}`, family: 'galleries', answer: answerStatus },
  { method: 'GET', path: `${network}/operations/{operationId}`, family: 'network', answer: answerStatus },
  { method: 'GET', path: `${network}/operationResults/{operationId}`, family: 'network', answer: answerResult },
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/operationresults/{operationId}',
    // Of groups, too, whose versions are among these.
    family: 'deployments',
    answer: answerResult,
  },
];

/** All that the sandbox answers as Azure Resource Manager. */
export const routes: readonly Route[] = [
  ...subscriptionRoutes,
  ...locationRoutes,
  ...groupRoutes,
  ...listRoutes,
  ...providerRoutes,
  ...securityGroupRoutes,
  ...ruleRoutes,
  ...networkRoutes,
  ...subnetRoutes,
  ...addressRoutes,
  ...interfaceRoutes,
  ...routeTableRoutes,
  ...natGatewayRoutes,
  ...dnsRoutes,
  ...addressAvailabilityRoutes,
  ...networkUsageRoutes,
  ...availabilitySetRoutes,
  ...proximityGroupRoutes,
  ...machineRoutes,
  ...powerRoutes,
  ...runCommandRoutes,
  ...evictionRoutes,
  ...extensionRoutes,
  ...diskRoutes,
  ...customImageRoutes,
  ...galleryRoutes,
  ...shareGalleryRoutes,
  ...galleryImageRoutes,
  ...galleryVersionRoutes,
  ...foreignGalleryRoutes,
  ...catalogueRoutes,
  ...skuRoutes,
  ...computeUsageRoutes,
  ...userIdentityRoutes,
  ...agreementRoutes,
  ...featureRoutes,
  ...permissionRoutes,
  ...restrictionRoutes,
  ...operationRoutes,
  ...deploymentRoutes(() => routes),
];
