import { port, repeated, repeatedInstead, text, yes } from '../flags.ts';
import { azure } from './flag.ts';

const NETWORK = 'Azure: network';

/** How it is reached. */
export const networkFlags = {
  'azure-docker-port': port({
    env: 'AZURE_DOCKER_PORT',
    summary: 'Port of the engine [default: 2376]',
    helpGroup: NETWORK,
  }),
  'azure-open-port': repeated({
    helpValue: 'PORT[/PROTOCOL]',
    summary: 'Another port to open, tcp unless /udp or /* is added; may be repeated',
    helpGroup: NETWORK,
  }),
  'azure-vnet': azure('VNET', {
    helpValue: '[GROUP:]NAME',
    summary: 'Virtual network, made if it is not there; or its resource id [default: docker-machine-vnet]',
    helpGroup: NETWORK,
  }),
  'azure-subnet': azure('SUBNET', {
    helpValue: 'NAME',
    summary: 'Subnet, made if it is not there; or its resource id, with the network in it [default: docker-machine]',
    helpGroup: NETWORK,
  }),
  'azure-subnet-prefix': azure('SUBNET_PREFIX', {
    helpValue: 'CIDR',
    summary: 'Addresses of a subnet that has to be made [default: 192.168.0.0/16]',
    helpGroup: NETWORK,
  }),
  'azure-private-ip-address': text({
    helpValue: 'ADDRESS',
    summary: 'Private address [default: any free one]',
    helpGroup: NETWORK,
  }),
  'azure-use-private-ip': yes({ summary: 'Connect to the private address', helpGroup: NETWORK }),
  'azure-no-public-ip': yes({ summary: 'No public address; implies the private one', helpGroup: NETWORK }),
  'azure-static-public-ip': yes({
    summary: 'Accepted for docker-machine: every public address is static today',
    helpGroup: NETWORK,
  }),
  'azure-dns': azure('DNS_LABEL', {
    helpValue: 'LABEL',
    summary: 'Label of a DNS name for the public address',
    helpGroup: NETWORK,
  }),
  'azure-nsg': azure('NSG', {
    helpValue: '[GROUP:]NAME',
    summary:
      "Existing network security group, by name or resource id, which stays as it is [default: one of the machine's own]",
    helpGroup: NETWORK,
  }),
  'azure-allow-from': repeatedInstead({
    env: 'AZDOCK_AZURE_ALLOW_FROM',
    helpValue: 'ADDRESS',
    summary:
      'Who may reach SSH, engine and open ports: address, CIDR, service tag, or * for everybody; may be repeated',
    helpGroup: NETWORK,
  }),
  'azure-ipv6': yes({
    env: 'AZDOCK_AZURE_IPV6',
    summary: 'An IPv6 address beside the IPv4 one',
    helpGroup: NETWORK,
  }),
  'azure-accelerated-networking': yes({
    env: 'AZURE_ACCELERATED_NETWORKING',
    summary: 'Accelerated networking, on sizes that have it',
    helpGroup: NETWORK,
  }),
  'azure-enable-public-ip-standard-sku': yes({
    env: 'AZURE_STANDARD_PUBLIC_IP_SKU',
    summary: 'Accepted for rancher-machine: every public address is of the Standard SKU today',
    helpGroup: NETWORK,
    hidden: true,
  }),
};
