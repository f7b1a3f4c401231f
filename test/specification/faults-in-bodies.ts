import type { Planted } from './faults-in-pairs.ts';

const putMachine = ['PUT', '/virtualMachines/vm'] as const;

/** Faults of bodies that are PUT. */
export const faultsInBodies: readonly Planted[] = [
  {
    fault: 'an unknown property',
    exchange: ['PUT', '/networkInterfaces/vm-nic'],
    change: ({ requestBody }) =>
      Object.assign(requestBody.properties.ipConfigurations[0].properties, { colour: 'red' }),
    caughtAs: /additional properties .*colour/,
  },
  {
    fault: 'a property that only Azure sets',
    exchange: ['PUT', '/publicIPAddresses/vm-ip'],
    change: ({ requestBody }) => Object.assign(requestBody.properties, { provisioningState: 'Succeeded' }),
    caughtAs: /additional properties .*provisioningState/,
  },
  {
    fault: 'a value of the wrong type',
    exchange: ['PUT', '/networkSecurityGroups/fw'],
    change: ({ requestBody }) => Object.assign(requestBody.properties.securityRules[0].properties, { priority: '100' }),
    caughtAs: /must be integer .*priority/,
  },
  {
    fault: 'a value that a closed list does not have',
    exchange: putMachine,
    change: ({ requestBody }) => Object.assign(requestBody.properties.storageProfile.osDisk, { caching: 'Sometimes' }),
    caughtAs: /must be equal to one of the allowed values .*caching/,
  },
  {
    fault: 'an expression of a template',
    exchange: putMachine,
    change: ({ requestBody }) => Object.assign(requestBody.properties, { storageProfile: "[variables('storage')]" }),
    caughtAs: /must be object .*storageProfile/,
  },
  {
    fault: 'a missing property',
    exchange: ['PUT', '/networkSecurityGroups/fw'],
    change: ({ requestBody }) => delete requestBody.properties.securityRules[0].properties.priority,
    caughtAs: /required property 'priority'/,
  },
  {
    fault: 'an extension without a publisher',
    exchange: ['PUT', '/extensions/script'],
    change: ({ requestBody }) => delete requestBody.properties.publisher,
    caughtAs: /required property 'publisher'/,
  },
  {
    fault: 'a type that there is no schema for',
    exchange: putMachine,
    change: (exchange) => Object.assign(exchange, { url: exchange.url.replace('virtualMachines', 'virtualToasters') }),
    caughtAs: /no schema for/,
  },
];
