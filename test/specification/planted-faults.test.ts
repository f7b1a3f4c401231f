import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { compute, makeMachine, makeNetwork } from '../sandbox/build-machine.ts';
import { finish, type Json, openArm } from '../sandbox/raw-https.ts';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import type { ArmSchemas } from './arm-schemas.ts';
import { type Exchange, readExchanges } from './exchange.ts';
import type { ExchangeCheck } from './exchange-check.ts';
import { published, specifications } from './published.ts';

/** An exchange without fault, made faulty. */
interface Planted {
  readonly fault: string;
  /** `METHOD` and the end of the path. */
  readonly exchange: readonly [method: string, end: string];
  readonly change: (exchange: Json) => void;
  readonly caughtAs: RegExp;
}

const putMachine = ['PUT', '/virtualMachines/vm'] as const;
const getMachine = ['GET', '/virtualMachines/vm'] as const;

const inPairs: readonly Planted[] = [
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

const inBodies: readonly Planted[] = [
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

suite('a planted fault is caught', published, () => {
  let sandbox: TestSandbox;
  let exchanges: readonly Exchange[];
  let pairs: ExchangeCheck;
  let bodies: ArmSchemas;

  before(async () => {
    const { ExchangeCheck } = await import('./exchange-check.ts');
    const { ArmSchemas } = await import('./arm-schemas.ts');
    pairs = await ExchangeCheck.open(specifications);
    bodies = new ArmSchemas(specifications);
    sandbox = await startTestSandbox();
    const arm = await openArm(sandbox);
    await makeNetwork(arm);
    await makeMachine(arm, 'vm', {});
    const script = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
    const extension = { location: 'westeurope', properties: { ...script, settings: {} } };
    await finish(arm, await arm('PUT', `${compute}/virtualMachines/vm/extensions/script`, extension));
    for (const path of [`${compute}/virtualMachines/vm`, `${compute}/virtualMachines/none`, `${compute}/disks/none`])
      await arm('GET', path);
    await arm('GET', '/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability?domainNameLabel=abc');
    await arm('DELETE', `${compute}/virtualMachines/vm`);
    exchanges = await readExchanges(sandbox);
  });
  after(() => sandbox?.stop());

  /** The exchange as it was, and with its fault. */
  function planted({ exchange: [method, end], change }: Planted): readonly [sound: Exchange, faulty: Exchange] {
    const sound = exchanges.find((one) => one.method === method && new URL(one.url, 'https://a').pathname.match(end));
    assert.ok(sound, `there is a ${method} of ${end}`);
    const faulty = structuredClone(sound);
    change(faulty);
    return [sound, faulty];
  }

  for (const each of inPairs)
    test(`in a request or its answer: ${each.fault}`, async () => {
      const [sound, faulty] = planted(each);
      assert.deepEqual((await pairs.of(sound)).problems, []);
      const { problems } = await pairs.of(faulty);
      assert.ok(
        problems.some((problem) => each.caughtAs.test(problem)),
        `found only: ${problems.join('; ')}`,
      );
    });

  for (const each of inBodies)
    test(`in a body that is PUT: ${each.fault}`, () => {
      const check = ({ url, requestBody }: Exchange) => bodies.check(url.split('?', 1)[0] ?? '', requestBody);
      const [sound, faulty] = planted(each);
      assert.deepEqual(check(sound), []);
      const problems = check(faulty);
      assert.ok(
        problems.some((problem) => each.caughtAs.test(problem)),
        `found only: ${problems.join('; ')}`,
      );
    });
});
