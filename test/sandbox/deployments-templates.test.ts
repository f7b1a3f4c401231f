import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { location, make } from './build-machine.ts';
import { deploy, deploymentBody, deployments, outputsOf, refused } from './deployment-calls.ts';
import { templateOf } from './docker-template.ts';
import { type Arm, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox();
  arm = await openArm(sandbox);
  await make(arm, '/resourcegroups/rg', { location, tags: { team: 'docker' } });
});
after(() => sandbox?.stop());

const address = (name: string, more: Json = {}): Json => ({
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: '2025-05-01',
  name,
  location: '[resourceGroup().location]',
  sku: { name: 'Standard' },
  properties: { publicIPAllocationMethod: 'Static' },
  ...more,
});

const check = (template: Json, parameters: Json = {}): Promise<string> =>
  refused(arm('POST', `${deployments}/check/validate`, deploymentBody(template, parameters)));

const outputs = (values: Json, parts: Json = {}): Json =>
  templateOf({
    ...parts,
    outputs: Object.fromEntries(Object.entries<Json>(values).map(([name, [type, value]]) => [name, { type, value }])),
  });

suite('parameters', () => {
  const declared = {
    text: { type: 'string', minLength: 2, maxLength: 4 },
    number: { type: 'int', defaultValue: 5, minValue: 1, maxValue: 9 },
    choice: { type: 'string', defaultValue: 'a', allowedValues: ['a', 'b'] },
    choices: { type: 'array', defaultValue: ['a'], allowedValues: ['a', 'b'] },
    derived: { type: 'string', defaultValue: "[concat(parameters('text'), '-', resourceGroup().name)]" },
    flag: { type: 'bool', defaultValue: true },
  };
  const template = templateOf({ parameters: declared });
  const problem = async (given: Json): Promise<string> =>
    check(
      template,
      Object.fromEntries(Object.entries({ text: 'abc', ...given }).map(([name, value]) => [name, { value }])),
    );

  test('take what is given, whatever the case of their names, else their defaults', async () => {
    const found = await outputsOf(
      arm,
      'given',
      deploymentBody(
        outputs(
          { derived: ['string', "[parameters('Derived')]"], number: ['int', "[parameters('number')]"] },
          { parameters: declared },
        ),
        { TEXT: { value: 'abc' } },
      ),
    );
    assert.deepEqual(found, { derived: 'abc-rg', number: 5 });
  });

  test('are refused when they are missing or unknown', async () => {
    assert.match(await check(template), /^400 InvalidTemplate Deployment .*template parameter 'text' is not provided/);
    assert.match(await problem({ other: 1 }), /^400 InvalidTemplate .*'other' in the parameters file are not valid/);
    assert.match(await problem({ other: 1 }), /'text, number, choice, choices, derived, flag'/);
  });

  test('are refused when their type, their length or their value is another', async () => {
    assert.match(await problem({ text: 1 }), /Expected 'String'. Actual 'Integer'. The parameter is 'text'/);
    assert.match(await problem({ flag: 'true' }), /Expected 'Bool'. Actual 'String'/);
    assert.match(await problem({ number: 1.5 }), /Expected 'Int'. Actual 'Float'/);
    assert.match(await problem({ text: 'a' }), /Length of the value should be greater than or equal to '2'/);
    assert.match(await problem({ text: 'abcde' }), /Length of the value should be less than or equal to '4'/);
    assert.match(await problem({ number: 0 }), /greater than or equal to '1'/);
    assert.match(await problem({ number: 10 }), /less than or equal to '9'/);
    assert.match(await problem({ choice: 'c' }), /value 'c' for the .* 'choice' .* allowed value\(s\): 'a,b'/);
    assert.match(await problem({ choices: ['a', 'c'] }), /not part of the allowed value/);
    assert.match(await problem({ choices: ['a', 'b'] }), /^200/);
  });

  test('do not tell the value of a secret that is refused', async () => {
    const secret = templateOf({
      parameters: { secret: { type: 'securestring', maxLength: 4, allowedValues: ['abcd'] } },
    });
    assert.doesNotMatch(await check(secret, { secret: { value: 'hunter2' } }), /hunter2|abcd/);
    assert.match(await check(secret, { secret: { value: 'hunter2' } }), /^400 InvalidTemplate .*'secret' is not valid/);
  });

  test('whose defaults go round in circles are refused', async () => {
    const circle = {
      a: { type: 'string', defaultValue: "[parameters('b')]" },
      b: { type: 'string', defaultValue: "[parameters('a')]" },
    };
    assert.match(await check(templateOf({ parameters: circle })), /'a' refers to itself/);
  });
});

suite('variables', () => {
  test('are evaluated when they are asked for, and may be loops', async () => {
    const found = await outputsOf(
      arm,
      'variables',
      deploymentBody(
        outputs(
          {
            list: ['array', "[variables('list')]"],
            inside: ['object', "[variables('inside')]"],
            chain: ['string', "[variables('chain')]"],
          },
          {
            variables: {
              chain: "[concat(variables('list')[1], '!')]",
              copy: [{ name: 'list', count: 3, input: "[format('disk{0}', copyIndex())]" }],
              inside: { copy: [{ name: 'disks', count: 2, input: { lun: "[copyIndex('disks', 1)]" } }], a: 1 },
              unused: "[parameters('none')]",
            },
          },
        ),
      ),
    );
    assert.deepEqual(found, {
      list: ['disk0', 'disk1', 'disk2'],
      inside: { a: 1, disks: [{ lun: 1 }, { lun: 2 }] },
      chain: 'disk1!',
    });
  });

  test('that refer to themselves, or are not there, are refused', async () => {
    const round = templateOf({ variables: { a: "[variables('a')]" }, resources: [address("[variables('a')]")] });
    assert.match(await check(round), /^400 InvalidTemplate .*variable 'a' refers to itself/);
    const none = templateOf({ resources: [address("[variables('none')]")] });
    assert.match(await check(none), /^400 InvalidTemplate .*variable 'none' is not found/);
  });
});

suite('resources', () => {
  test('wait for each other by name, by id, by type and name, by loop and by reference', async () => {
    const { properties } = await deploy(
      arm,
      'order',
      deploymentBody(
        templateOf({
          resources: [
            address('last', {
              dependsOn: [
                'byName',
                "[resourceId('Microsoft.Network/publicIPAddresses', 'byId')]",
                'Microsoft.Network/publicIPAddresses/byType',
                'loop',
              ],
              tags: { of: "[reference('byReference').ipAddress]" },
            }),
            ...['byName', 'byId', 'byType', 'byReference'].map((name) => address(name)),
            address("[concat('copy', copyIndex())]", { copy: { name: 'loop', count: 2 } }),
          ],
        }),
      ),
    );
    assert.equal(properties.provisioningState, 'Succeeded', JSON.stringify(properties.error));
    assert.deepEqual(properties.dependencies[0].dependsOn.map(({ resourceName }: Json) => resourceName).sort(), [
      'byId',
      'byName',
      'byReference',
      'byType',
      'copy0',
      'copy1',
    ]);
    const { body } = await arm(
      'GET',
      `${deployments.replace('Microsoft.Resources/deployments', 'Microsoft.Network/publicIPAddresses')}/last`,
    );
    assert.match(body.tags.of, /^203\.0\.113\./);
    const { body: operations } = await arm('GET', '/resourcegroups/rg/deployments/order/operations');
    assert.equal(operations.value.at(-1).properties.targetResource.resourceName, 'last');
  });

  test('of a serial loop come one batch after the other', async () => {
    const { properties } = await deploy(
      arm,
      'serial',
      deploymentBody(
        templateOf({
          resources: [
            address("[concat('serial', copyIndex())]", {
              copy: { name: 'loop', count: 5, mode: 'serial', batchSize: 2 },
            }),
          ],
        }),
      ),
    );
    const waits = properties.dependencies.map(
      ({ resourceName, dependsOn }: Json) => `${resourceName}<${dependsOn.map((one: Json) => one.resourceName)}`,
    );
    assert.deepEqual(waits, ['serial2<serial0,serial1', 'serial3<serial0,serial1', 'serial4<serial2,serial3']);
  });

  test('whose condition does not hold are left out, and nobody waits for them', async () => {
    const { properties } = await deploy(
      arm,
      'condition',
      deploymentBody(
        templateOf({
          resources: [
            address('left-out', { condition: '[equals(1, 2)]' }),
            address('there', { dependsOn: ['left-out'] }),
          ],
        }),
      ),
    );
    assert.deepEqual(
      properties.outputResources.map(({ id }: Json) => id.split('/').at(-1)),
      ['there'],
    );
  });

  test('are refused when their names have not as many parts as their types', async () => {
    const wrong = templateOf({ resources: [address('a/b')] });
    assert.match(await check(wrong), /^400 InvalidTemplate .*'a\/b' .* incorrect segment lengths/);
  });

  test('are refused when they are there twice, wait for nobody known, or for each other', async () => {
    assert.match(await check(templateOf({ resources: [address('a'), address('A')] })), /defined multiple times/);
    const stray = templateOf({ resources: [address('a', { dependsOn: ['nobody'] })] });
    assert.match(await check(stray), /^400 InvalidTemplate .*resource 'nobody' is not defined in the template/);
    const circle = templateOf({
      resources: [
        address('a', { dependsOn: ['b'] }),
        address('b', { dependsOn: ['c'] }),
        address('c', { tags: { of: "[reference('a').ipAddress]" } }),
      ],
    });
    assert.match(await check(circle), /^400 InvalidTemplate .*Circular dependency detected on resource: '.*\/a'/);
  });

  test('are refused for a type, an api-version or a place that there is not', async () => {
    const unknown = address('a', { type: 'Microsoft.Web/sites' });
    assert.match(await check(templateOf({ resources: [unknown] })), /^501 SandboxNotImplemented/);
    const old = address('a', { apiVersion: '2015-01-01' });
    assert.match(await check(templateOf({ resources: [old] })), /^400 NoRegisteredProviderFound .*'2015-01-01'/);
    const nowhere = address('a', { location: 'atlantis' });
    assert.match(await check(templateOf({ resources: [nowhere] })), /^400 LocationNotAvailableForResourceType/);
  });

  test('are refused when an expression in them cannot be evaluated', async () => {
    const wrong = templateOf({ resources: [address('a', { tags: { b: '[resourceGroup().tags.none]' } })] });
    assert.match(
      await check(wrong),
      /^400 InvalidTemplate Unable to process template language expressions for resource '.*\/a'\. 'The language expression property 'none' doesn't exist, available properties are 'team'/,
    );
  });
});

suite('templates', () => {
  const refusals: readonly (readonly [what: string, template: Json, refusal: RegExp])[] = [
    [
      'an unknown function',
      outputs({ a: ['string', '[nonsense()]'] }),
      /^400 InvalidTemplate .*'nonsense' is not valid/,
    ],
    ['an expression that does not end', outputs({ a: ['string', "[concat('a']"] }), /^400 InvalidTemplate Deployment/],
    [
      'an unknown member',
      { ...templateOf({}), output: {} },
      /^400 InvalidRequestContent .*'output'.*properties\.template\.output/,
    ],
    ['an unknown member of a resource', templateOf({ resources: [address('a', { property: 1 })] }), /'property'/],
    ['no schema', { contentVersion: '1.0.0.0', resources: [] }, /^400 InvalidRequestContent .*\$schema/],
    [
      'a schema of something else',
      templateOf({ $schema: 'https://example.com/' }),
      /schema 'https:\/\/example.com\/' is not supported/,
    ],
    ['a version that is none', templateOf({ contentVersion: '1' }), /'contentVersion' value '1' is not valid/],
    ['no resources', { $schema: templateOf({}).$schema, contentVersion: '1.0.0.0' }, /properties\.template\.resources/],
    ['an unknown type', templateOf({ parameters: { a: { type: 'text' } } }), /expected one of String/],
    [
      'too many parameters',
      templateOf({
        parameters: Object.fromEntries(Array.from({ length: 257 }, (_one, at) => [`p${at}`, { type: 'int' }])),
      }),
      /Limit: '256' and actual: '257'/,
    ],
    [
      'too many resources',
      templateOf({
        resources: [0, 1].map((at) =>
          address(`[concat('${at}-', copyIndex())]`, { copy: { name: `c${at}`, count: 500 } }),
        ),
      }),
      /Limit: '800'/,
    ],
    [
      'a loop of too many',
      templateOf({ resources: [address("[concat('a', copyIndex())]", { copy: { name: 'c', count: 801 } })] }),
      /integer from 0 to 800/,
    ],
    ['an output without a value', templateOf({ outputs: { a: { type: 'string' } } }), /either a 'value' or a 'copy'/],
    [
      'functions of its own',
      templateOf({ functions: [{ namespace: 'a', members: {} }] }),
      /^501 SandboxNotImplemented .*'functions'/,
    ],
    [
      'more work than it may make',
      templateOf({
        variables: Object.fromEntries(
          Array.from({ length: 60 }, (_one, at) => [
            `v${at}`,
            at === 0 ? 'ab' : `[concat(variables('v${at - 1}'), variables('v${at - 1}'))]`,
          ]),
        ),
        resources: [address("[variables('v59')]")],
      }),
      /^400 InvalidTemplate .*more work/,
    ],
    [
      'a value nested too deep',
      templateOf({ variables: { a: JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`) } }),
      /nested deeper/,
    ],
  ];
  for (const [what, template, refusal] of refusals)
    test(`with ${what} are refused`, async () => {
      assert.match(await check(template), refusal);
    });

  test('of the second language version name their resources by symbols, and know some that exist', async () => {
    await make(arm, '/resourcegroups/rg/providers/Microsoft.Network/publicIPAddresses/elder', {
      location,
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    });
    const { type, apiVersion } = address('');
    const found = await outputsOf(
      arm,
      'symbols',
      deploymentBody(
        templateOf({
          languageVersion: '2.0',
          resources: {
            elder: { existing: true, type, apiVersion, name: 'elder' },
            young: address('young', { tags: { elder: "[reference('elder').ipAddress]" }, dependsOn: ['many'] }),
            many: address("[format('many{0}', copyIndex())]", { copy: { name: 'many', count: 2 } }),
          },
          outputs: {
            elder: { type: 'string', value: "[reference('elder').ipAddress]" },
            sku: { type: 'string', value: "[reference('young', '2025-05-01', 'full').sku.name]" },
            second: { type: 'string', value: "[reference('many[1]').provisioningState]" },
            all: {
              type: 'array',
              value: "[map(references('many'), lambda('a', lambdaVariables('a').provisioningState))]",
            },
            id: { type: 'string', value: "[resourceInfo('young').id]" },
          },
        }),
      ),
    );
    assert.match(found.elder, /^203\.0\.113\./);
    assert.equal(found.sku, 'Standard');
    assert.equal(found.second, 'Succeeded');
    assert.deepEqual(found.all, ['Succeeded', 'Succeeded']);
    assert.match(found.id, /\/publicIPAddresses\/young$/);
  });

  test('may be sent as a text, and so may parameters', async () => {
    const template = JSON.stringify(
      outputs({ a: ['string', "[parameters('a')]"] }, { parameters: { a: { type: 'string' } } }),
    );
    const found = await outputsOf(arm, 'text', deploymentBody(template, JSON.stringify({ a: { value: 'x' } })));
    assert.deepEqual(found, { a: 'x' });
  });

  test('put out values of the type that they declare, and nothing where a condition does not hold', async () => {
    const { properties } = await deploy(arm, 'wrong', deploymentBody(outputs({ a: ['int', "[string('1')]"] })));
    assert.equal(properties.provisioningState, 'Failed');
    assert.equal(properties.error.code, 'DeploymentOutputEvaluationFailed');
    assert.match(properties.error.details[0].message, /Expected 'Int'. Actual 'String'/);
    const none = templateOf({
      outputs: { a: { type: 'int', value: 1, condition: '[false()]' }, b: { type: 'int', value: 2 } },
    });
    assert.deepEqual(await outputsOf(arm, 'none', deploymentBody(none)), { b: 2 });
  });
});
