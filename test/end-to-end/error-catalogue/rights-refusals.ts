import type { RefusalCase } from './refusal-case.ts';

const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** Rights, policies and places. In the order of the catalogue. */
export const rightsRefusals: readonly RefusalCase[] = [
  {
    code: 'RequestDisallowedByPolicy',
    text: 'was disallowed by policy',
  },
  {
    code: 'LinkedAuthorizationFailed',
    text: "The client has permission to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on scope; however, it does not have permission to perform it on the linked scope(s).",
    status: 403,
    at: 'VM',
    prepare: async ({ azure }, { group }) => {
      await azure('PUT', `/resourcegroups/${group}`, { location: 'westeurope' });
      const path = `/resourceGroups/${group}/providers/${IDENTITY}/me`;
      const { body } = await azure('PUT', path, { location: 'westeurope' });
      return ['--azure-identity', body.id];
    },
  },
  {
    code: 'AuthorizationFailed',
    text: "The client does not have authorization to perform action 'Microsoft.Network/networkInterfaces/write' over scope.",
    status: 403,
    at: 'interface',
  },
  {
    code: 'DnsRecordInUse',
    text: 'DNS record taken-1.westeurope.cloudapp.azure.com is already used by another public IP.',
    flags: ['--azure-dns', 'taken-1'],
    status: 400,
    at: 'public IP',
  },
  {
    code: 'SecurityRuleInvalidAddressPrefix',
    text: 'has invalid Address prefix. Value provided: Nowhere',
    flags: ['--azure-allow-from', 'Nowhere'],
  },
  {
    code: 'SubnetIsFull',
    text: 'Subnet docker-machine with address prefix 192.168.0.0/16 does not have enough capacity for 1 IP addresses.',
    status: 400,
    at: 'interface',
  },
  {
    code: 'SubscriptionNotFound',
    text: 'The subscription could not be found.',
    status: 404,
    at: 'group',
  },
  {
    code: 'InvalidResourceGroupLocation',
    text: "Invalid resource group location 'westeurope'. The Resource group already exists in location 'northeurope'.",
    at: 'group',
  },
];
