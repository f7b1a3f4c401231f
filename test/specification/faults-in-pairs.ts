import type { Json } from '../sandbox/raw-https.ts';

/** An exchange without fault, made faulty. */
export interface Planted {
  readonly fault: string;
  /** `METHOD` and the end of the path. */
  readonly exchange: readonly [method: string, end: string];
  readonly change: (exchange: Json) => void;
  readonly caughtAs: RegExp;
}

const putMachine = ['PUT', '/virtualMachines/vm'] as const;
const getMachine = ['GET', '/virtualMachines/vm'] as const;

/** Faults of requests and answers. */
export const faultsInPairs: readonly Planted[] = [
  {
    fault: 'an unknown property of a request',
    exchange: putMachine,
    change: ({ requestBody }) => Object.assign(requestBody.properties, { colour: 'red' }),
    caughtAs: /^request: OBJECT_ADDITIONAL_PROPERTIES .*colour/,
  },
  {
    fault: 'a value of the wrong type in a request',
    exchange: putMachine,
    change: ({ requestBody }) => Object.assign(requestBody.properties.storageProfile.osDisk, { diskSizeGB: '64' }),
    caughtAs: /^request: INVALID_TYPE .*diskSizeGB/,
  },
  {
    fault: 'a value that a closed list does not have',
    exchange: putMachine,
    change: ({ requestBody }) => Object.assign(requestBody.properties.storageProfile.osDisk, { caching: 'Sometimes' }),
    caughtAs: /^request: (INVALID_VALUE|ENUM_MISMATCH) .*caching/,
  },
  {
    fault: 'a missing property',
    exchange: putMachine,
    change: ({ requestBody }) => delete requestBody.properties.storageProfile.osDisk.createOption,
    caughtAs: /^request: OBJECT_MISSING_REQUIRED_PROPERTY .*createOption/,
  },
  {
    fault: 'a missing parameter of the query',
    exchange: ['GET', '/CheckDnsNameAvailability'],
    change: (exchange) => Object.assign(exchange, { url: exchange.url.replace('domainNameLabel', 'label') }),
    caughtAs: /^request: .*domainNameLabel/,
  },
  {
    fault: 'an unknown property of an answer',
    exchange: getMachine,
    change: ({ responseBody }) => Object.assign(responseBody.properties, { colour: 'red' }),
    caughtAs: /^answer: OBJECT_ADDITIONAL_PROPERTIES .*colour/,
  },
  {
    fault: 'a value of the wrong type in an answer',
    exchange: getMachine,
    change: ({ responseBody }) => Object.assign(responseBody.properties, { vmId: 7 }),
    caughtAs: /^answer: INVALID_TYPE .*vmId/,
  },
  {
    fault: 'an answer without its body',
    exchange: getMachine,
    change: (exchange) => Object.assign(exchange, { responseBody: null }),
    caughtAs: /^answer: INVALID_RESPONSE_BODY/,
  },
  {
    fault: 'a status that is not described',
    exchange: putMachine,
    change: (exchange) => Object.assign(exchange, { status: 202 }),
    caughtAs: /^answer: .*202/,
  },
  {
    fault: 'an operation that is accepted without an address to follow it',
    exchange: ['DELETE', '/virtualMachines/vm'],
    change: (exchange) => Object.assign(exchange, { responseHeaders: {} }),
    caughtAs: /accepted, and nowhere to ask/,
  },
  {
    fault: 'a refusal that is no error envelope',
    exchange: ['GET', '/virtualMachines/none'],
    change: (exchange) => Object.assign(exchange, { responseBody: { message: 'Not here.' } }),
    caughtAs: /required property 'error'/,
  },
  {
    fault: 'a refusal of a disk that is no error envelope',
    exchange: ['GET', '/disks/none'],
    change: (exchange) => Object.assign(exchange, { responseBody: { message: 'Not here.' } }),
    caughtAs: /required property 'error'/,
  },
  {
    fault: 'an answer that says that the sandbox failed',
    exchange: ['GET', '/virtualMachines/none'],
    change: (exchange) => Object.assign(exchange, { status: 500 }),
    caughtAs: /the sandbox failed/,
  },
  {
    fault: 'an address that is not described',
    exchange: getMachine,
    change: (exchange) => Object.assign(exchange, { url: exchange.url.replace('virtualMachines', 'virtualToasters') }),
    caughtAs: /no document describes this/,
  },
  {
    fault: 'an operation without a status',
    exchange: ['GET', '/operations/'],
    change: ({ responseBody }) => delete responseBody.status,
    caughtAs: /required property 'status'/,
  },
  {
    fault: 'an operation that says more than operations say',
    exchange: ['GET', '/operations/'],
    change: ({ responseBody }) => Object.assign(responseBody, { mood: 'good' }),
    caughtAs: /additional properties .*mood/,
  },
  {
    fault: 'a connection that was cut',
    exchange: getMachine,
    change: (exchange) => Object.assign(exchange, { status: 0 }),
    caughtAs: /nothing was answered/,
  },
];
