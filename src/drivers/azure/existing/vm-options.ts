import type { ImageReference } from '@azure/arm-compute';
import type { AzureOptions } from '../options.ts';
import type { FoundVm } from './read-vm.ts';

/** What Azure says of a VM in the driver's own words: what goes on record of one that azdock did not make. */
export function vmOptions(found: FoundVm): Partial<AzureOptions> {
  const { id, vm, nic, configuration, publicIp, publicIpV6, groups } = found;
  const dnsLabel = publicIp?.dnsSettings?.domainNameLabel;
  const subnet = configuration.subnet?.id;
  const [group] = groups;
  const storageType = vm.storageProfile?.osDisk?.managedDisk?.storageAccountType;
  const size = vm.hardwareProfile?.vmSize;
  const sshUser = vm.osProfile?.adminUsername;
  return {
    subscriptionId: id.subscriptionId,
    resourceGroup: id.group,
    ...(vm.location === undefined ? {} : { location: vm.location }),
    ...(size === undefined ? {} : { size }),
    image: imageText(vm.storageProfile?.imageReference),
    ...(sshUser === undefined ? {} : { sshUser }),
    ...(subnet === undefined ? {} : { subnet, virtualNetwork: subnet.replace(/\/subnets\/[^/]+$/i, '') }),
    ...(storageType === undefined ? {} : { storageType }),
    ...(dnsLabel === undefined ? {} : { dnsLabel }),
    ...(group?.id === undefined ? {} : { securityGroup: group.id }),
    ...(vm.zones?.[0] === undefined ? {} : { availabilityZone: vm.zones[0] }),
    spot: /^spot$/i.test(vm.priority ?? ''),
    noPublicIp: publicIp === undefined,
    ipv6: publicIpV6 !== undefined,
    existing: {
      vm: id.id,
      nic: nic.id ?? '',
      publicIp: publicIp?.id,
      publicIpV6: publicIpV6?.id,
    },
  };
}

/** As `--azure-image` takes it; empty for a VM that was made of a disk. */
function imageText(image: ImageReference | undefined): string {
  const { publisher, offer, sku, version = 'latest', id, communityGalleryImageId, sharedGalleryImageId } = image ?? {};
  if (publisher !== undefined && offer !== undefined && sku !== undefined)
    return `${publisher}:${offer}:${sku}:${version}`;
  return id ?? communityGalleryImageId ?? sharedGalleryImageId ?? '';
}
