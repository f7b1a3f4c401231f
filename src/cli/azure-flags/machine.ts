import { option } from '@oclif/core/flags';
import type { ProvisionerChoice } from '../../machine/create-request.ts';
import { repeated, repeatedInstead, wholeNumber, yes } from '../flags.ts';
import { securityTypes } from './choices.ts';
import { azure, own } from './flag.ts';

const MACHINE = 'Azure: virtual machine';

/** What the virtual machine is. */
export const machineFlags = {
  'azure-size': azure('SIZE', { helpValue: 'SIZE', summary: 'Size [default: Standard_B2s_v2]', helpGroup: MACHINE }),
  'azure-image': azure('IMAGE', {
    helpValue: 'IMAGE',
    summary:
      'publisher:offer:sku:version, an alias such as Ubuntu2404, or the resource id of an image or a gallery [default: Canonical:ubuntu-24_04-lts:server:latest]',
    helpGroup: MACHINE,
  }),
  'azure-ssh-user': azure('SSH_USER', {
    helpValue: 'NAME',
    summary: 'User for SSH logins [default: docker-user]',
    helpGroup: MACHINE,
  }),
  'azure-password-login': yes({
    env: 'AZDOCK_AZURE_PASSWORD_LOGIN',
    summary:
      'Let that user log in with a password, too: it comes from AZDOCK_AZURE_PASSWORD or is asked for, and is kept nowhere',
    helpGroup: MACHINE,
  }),
  'azure-custom-data': azure('CUSTOM_DATA_FILE', {
    helpValue: 'FILE',
    summary: 'Custom data for the first boot, such as a cloud-config',
    helpGroup: MACHINE,
  }),
  'azure-availability-set': azure('AVAILABILITY_SET', {
    helpValue: 'NAME',
    summary: 'Availability set [default: none]',
    helpGroup: MACHINE,
  }),
  'azure-plan': azure('PLAN', {
    helpValue: 'PUBLISHER:PRODUCT:PLAN',
    summary: "Purchase plan of a marketplace image [default: the image's own]",
    helpGroup: MACHINE,
  }),
  'azure-accept-terms': yes({
    env: 'AZDOCK_AZURE_ACCEPT_TERMS',
    summary: 'Accept the legal terms of that plan for the subscription',
    helpGroup: MACHINE,
  }),
  'azure-fault-domain-count': wholeNumber({
    env: 'AZURE_FAULT_DOMAIN_COUNT',
    helpValue: 'NUMBER',
    summary: 'Fault domains of an availability set that has to be made [default: 2]',
    helpGroup: MACHINE,
  }),
  'azure-update-domain-count': wholeNumber({
    env: 'AZURE_UPDATE_DOMAIN_COUNT',
    helpValue: 'NUMBER',
    summary: 'Update domains of an availability set that has to be made [default: 5]',
    helpGroup: MACHINE,
  }),
  'azure-availability-zone': azure('AVAILABILITY_ZONE', {
    helpValue: 'ZONE',
    summary: 'Availability zone: 1, 2 or 3 [default: none]',
    helpGroup: MACHINE,
  }),
  fallback: repeatedInstead({
    env: 'AZDOCK_AZURE_FALLBACK',
    helpValue: 'SIZE[@ZONE]',
    summary:
      'What to take when Azure has no room or quota for size and zone: another size, in a zone or in none (SIZE@none), or zone:2; may be repeated, and is tried in that order',
    helpGroup: MACHINE,
  }),
  'azure-proximity-placement-group': own('PROXIMITY_PLACEMENT_GROUP', {
    helpValue: '[GROUP:]NAME',
    summary: 'Proximity placement group, made if it is not there; or its resource id [default: none]',
    helpGroup: MACHINE,
  }),
  'azure-security-type': option({
    options: [...securityTypes],
    env: 'AZDOCK_AZURE_SECURITY_TYPE',
    helpValue: 'TYPE',
    summary: 'standard, trusted-launch, or auto: Trusted Launch where image and size have it [default: auto]',
    helpGroup: MACHINE,
  })(),
  'azure-encryption-at-host': yes({
    env: 'AZURE_ENCRYPTION_AT_HOST',
    summary: 'Encrypt disks and caches on the physical host',
    helpGroup: MACHINE,
  }),
  'azure-identity': repeated({
    env: 'AZDOCK_AZURE_IDENTITY',
    helpValue: 'ID',
    summary: 'Resource id of a user-assigned identity for the machine; may be repeated',
    helpGroup: MACHINE,
  }),
  'azure-boot-diagnostics': own('BOOT_DIAGNOSTICS', {
    helpValue: 'WHERE',
    summary: 'Where the boot log goes: managed, none, or the https URL of a storage account [default: managed]',
    helpGroup: MACHINE,
  }),
  'azure-tags': azure('TAGS', {
    helpValue: 'KEY,VALUE,…',
    summary: "Tags as rancher-machine takes them; on everything that is the machine's alone",
    helpGroup: MACHINE,
  }),
  'azure-tag': repeated({
    env: 'AZDOCK_AZURE_TAG',
    helpValue: 'KEY=VALUE',
    summary: 'A tag; may be repeated',
    helpGroup: MACHINE,
  }),
  'azure-managed-disks': yes({
    env: 'AZURE_MANAGED_DISKS',
    summary: 'Accepted for rancher-machine: every disk is managed today',
    helpGroup: MACHINE,
    hidden: true,
  }),
  'azure-provisioner': option({
    options: ['auto', 'docker-extension', 'custom-script', 'cloud-init', 'ssh'] as const satisfies ProvisionerChoice[],
    env: 'AZDOCK_AZURE_PROVISIONER',
    helpValue: 'HOW',
    summary:
      'How Docker gets onto the machine: docker-extension, custom-script, cloud-init, ssh, or what works in the region [default: auto]',
    helpGroup: MACHINE,
  })(),
};
