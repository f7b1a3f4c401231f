import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { location, make } from './build-machine.ts';
import { arm as armFault, control, waiting } from './control-calls.ts';
import { deploy, deploymentBody, deployments, refused } from './deployment-calls.ts';
import { dockerParameters, dockerTemplate, templateOf } from './docker-template.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, finish, type Json, openArm, rawRequest } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const at = '/resourcegroups/rg/providers';
let guests: FakeGuests;
let sandbox: TestSandbox;
let arm: Arm;
beforeEach(async () => {
  guests = new FakeGuests();
  sandbox = await startTestSandbox({ guests });
  arm = await openArm(sandbox);
  await make(arm, '/resourcegroups/rg', { location });
});
afterEach(() => sandbox?.stop());

const address = (name: string, more: Json = {}): Json => ({
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: '2025-05-01',
  name,
  location: '[resourceGroup().location]',
  sku: { name: 'Standard' },
  properties: { publicIPAllocationMethod: 'Static' },
  ...more,
});

const names = (): string[] => sandbox.server.world.state.resources().map(({ name }) => name);

suite('a deployment that fails', () => {
  test('says of each resource why, and leaves the others there', async () => {
    const wrong = address('wrong', { properties: { publicIPAllocationMethod: 'Nonsense' } });
    const template = templateOf({
      resources: [wrong, address('right'), address('late', { dependsOn: ['wrong'] }), address('broken')],
    });
    await armFault(sandbox, {
      path: '/publicIPAddresses/broken$',
      when: 'operation',
      action: { operation: 'fail', code: 'NoMoreAddresses', message: 'There are none left.' },
    });
    const { properties } = await deploy(arm, 'partly', deploymentBody(template));
    assert.equal(properties.provisioningState, 'Failed');
    assert.equal(properties.error.code, 'DeploymentFailed');
    assert.match(properties.error.message, /^At least one resource deployment operation failed\./);
    const details = new Map<string, Json>(properties.error.details.map((one: Json) => [one.code, one]));
    assert.deepEqual([...details.keys()].sort(), ['InvalidRequestFormat', 'ResourceDeploymentFailure']);
    assert.match(details.get('ResourceDeploymentFailure').target, /\/broken$/);
    assert.equal(details.get('ResourceDeploymentFailure').details[0].code, 'NoMoreAddresses');
    assert.deepEqual(names().sort(), ['broken', 'right']);
    const { body } = await arm('GET', '/resourcegroups/rg/deployments/partly/operations');
    const states = body.value.map(
      (one: Json) => `${one.properties.targetResource.resourceName} ${one.properties.statusCode}`,
    );
    assert.deepEqual(states.sort(), ['broken Conflict', 'right Created', 'wrong BadRequest']);
  });

  test('is told at its poll, too', async () => {
    const template = templateOf({ resources: [address('a', { sku: { name: 'Nonsense' } })] });
    const end = await finish(arm, await arm('PUT', `${deployments}/poll`, deploymentBody(template)));
    assert.equal(end.body.status, 'Failed');
    assert.equal(end.body.error.code, 'DeploymentFailed');
    assert.equal(end.body.error.details.length, 1);
  });

  test('because a reference is to nothing says so of the resource that has it', async () => {
    const stray = "[reference(resourceId('Microsoft.Network/publicIPAddresses', 'none'), '2025-05-01').ipAddress]";
    const { properties } = await deploy(
      arm,
      'stray',
      deploymentBody(templateOf({ resources: [address('a', { tags: { stray } })] })),
    );
    assert.equal(properties.error.details[0].code, 'ResourceNotFound');
  });

  test('meets the faults that are armed for its resources', async () => {
    const action = { status: 403, code: 'RequestDisallowedByPolicy', message: 'No addresses here.' };
    await armFault(sandbox, { path: '/publicIPAddresses/', action });
    const { properties } = await deploy(arm, 'policy', deploymentBody(templateOf({ resources: [address('a')] })));
    assert.equal(properties.error.details[0].code, 'RequestDisallowedByPolicy');
  });
});

suite('before anything is deployed', () => {
  test('a size that the subscription cannot have is refused with the reason inside', async () => {
    const template = dockerTemplate();
    template.parameters.size = { type: 'string', defaultValue: 'Standard_D2_v2' };
    const { status, body } = await arm('PUT', `${deployments}/size`, deploymentBody(template, dockerParameters()));
    assert.equal(status, 400);
    assert.equal(body.error.code, 'InvalidTemplateDeployment');
    assert.deepEqual(
      body.error.details.map((one: Json) => one.code),
      ['SkuNotAvailable', 'SkuNotAvailable'],
    );
    assert.deepEqual(names(), []);
    assert.equal((await arm('HEAD', `${deployments}/size`)).status, 404);
  });

  test('a validation says what would be deployed, and deploys nothing', async () => {
    const { status, body } = await arm(
      'POST',
      `${deployments}/v/validate`,
      deploymentBody(dockerTemplate(), dockerParameters()),
    );
    assert.equal(status, 200);
    assert.equal(body.properties.validatedResources.length, 10);
    assert.deepEqual(names(), []);
  });

  test('providers that the template needs are registered', async () => {
    await arm('POST', '/providers/Microsoft.Network/unregister');
    const { properties } = await deploy(arm, 'register', deploymentBody(templateOf({ resources: [address('a')] })));
    assert.equal(properties.provisioningState, 'Succeeded');
  });

  test('what the sandbox does not play is refused loudly', async () => {
    const link = { properties: { mode: 'Incremental', templateLink: { uri: 'https://example.com/' } } };
    assert.match(await refused(arm('PUT', `${deployments}/a`, link)), /^501 SandboxNotImplemented .*'templateLink'/);
    const whatIf = arm('POST', `${deployments}/a/whatIf`, deploymentBody(templateOf({})));
    assert.match(await refused(whatIf), /^501 SandboxNotImplemented .*whatIf/);
  });

  test('what is nested too deep to be read is refused, also as a text', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const asText = arm('PUT', `${deployments}/a`, deploymentBody(deep));
    assert.match(await refused(asText), /^400 InvalidTemplate .*nested too deep/);
    const { status, body } = await rawRequest(
      sandbox,
      'PUT',
      `${arm.subscription}${deployments}/a?api-version=2025-04-01`,
      {
        token: arm.token,
        body: `{"properties":{"mode":"Incremental","template":${deep}}}`,
        headers: { 'content-type': 'application/json' },
      },
    );
    assert.deepEqual([status, body.error.code], [400, 'InvalidRequestContent']);
  });

  test('names, places and modes are checked', async () => {
    const body = deploymentBody(templateOf({}));
    assert.match(await refused(arm('PUT', `${deployments}/a%20b`, body)), /^400 DeploymentNameInvalidCharacters/);
    assert.match(await refused(arm('PUT', `${deployments}/${'a'.repeat(65)}`, body)), /^400 DeploymentNameLength/);
    assert.match(await refused(arm('PUT', `${deployments}/a`, { ...body, location })), /^400 InvalidDeployment /);
    assert.match(
      await refused(arm('PUT', `${deployments}/a`, deploymentBody(templateOf({}), {}, 'Sideways'))),
      /^400 InvalidRequestContent/,
    );
    assert.match(
      await refused(arm('PUT', `${deployments.replace('rg', 'none')}/a`, body)),
      /^404 ResourceGroupNotFound/,
    );
    assert.match(await refused(arm('GET', `${deployments}/none`)), /^404 DeploymentNotFound/);
  });
});

suite('while a deployment is under way', () => {
  /** Deploys one address, whose request is kept waiting by a fault. */
  async function held(): Promise<{ readonly fault: string; readonly accepted: Json }> {
    const fault = await armFault(sandbox, { method: 'PUT', path: '/publicIPAddresses/held$', action: { hold: true } });
    const template = templateOf({ resources: [address('held'), address('after', { dependsOn: ['held'] })] });
    const accepted = await arm('PUT', `${deployments}/held`, deploymentBody(template));
    await waiting(sandbox, fault);
    return { fault, accepted };
  }

  test('it is running, and cannot be replaced or deleted', async () => {
    const { fault, accepted } = await held();
    assert.equal((await arm('GET', accepted.headers['azure-asyncoperation'])).body.status, 'Running');
    assert.equal((await arm('GET', `${deployments}/held`)).body.properties.provisioningState, 'Running');
    const again = arm('PUT', `${deployments}/held`, deploymentBody(templateOf({})));
    assert.match(await refused(again), /^409 DeploymentActive/);
    assert.match(await refused(arm('DELETE', `${deployments}/held`)), /^409 DeploymentActive/);
    await control(sandbox, 'DELETE', `faults/${fault}`);
    assert.equal((await finish(arm, accepted)).body.status, 'Succeeded');
  });

  test('it can be cancelled, and begins nothing more', async () => {
    const { fault, accepted } = await held();
    assert.equal((await arm('POST', `${deployments}/held/cancel`)).status, 204);
    assert.equal((await finish(arm, accepted)).body.status, 'Canceled');
    assert.equal((await arm('GET', `${deployments}/held`)).body.properties.provisioningState, 'Canceled');
    await control(sandbox, 'DELETE', `faults/${fault}`);
    assert.match(await refused(arm('POST', `${deployments}/held/cancel`)), /^409 /);
    assert.equal(names().includes('after'), false);
  });

  test('its group can be deleted with it', async () => {
    const { fault } = await held();
    await finish(arm, await arm('DELETE', '/resourcegroups/rg'));
    await control(sandbox, 'DELETE', `faults/${fault}`);
    assert.deepEqual(names(), []);
    assert.equal(sandbox.server.world.state.deployments.size, 0);
  });
});

suite('the history of deployments', () => {
  test('is listed, filtered, exported and deleted', async () => {
    await deploy(arm, 'one', deploymentBody(templateOf({ metadata: { a: 1 } })));
    await deploy(arm, 'two', deploymentBody(templateOf({ outputs: { a: { type: 'int', value: "[string('')]" } } })));
    const list = async (query = ''): Promise<string[]> => {
      const { body } = await arm('GET', `${deployments}${query}`);
      return body.value.map(({ name }: Json) => name).sort();
    };
    assert.deepEqual(await list(), ['one', 'two']);
    assert.deepEqual(await list("?$filter=provisioningState%20eq%20'Failed'"), ['two']);
    assert.equal((await list('?$top=1')).length, 1);
    assert.match(await refused(arm('GET', `${deployments}?$filter=nonsense`)), /^400 InvalidFilterInQueryString/);
    const { body } = await arm('POST', `${deployments}/one/exportTemplate`);
    assert.deepEqual(body.template.metadata, { a: 1 });
    assert.equal((await arm('HEAD', `${deployments}/one`)).status, 204);
    assert.equal((await arm('PUT', `${deployments}/one`, deploymentBody(templateOf({})))).status, 200);
    const removed = await arm('DELETE', `${deployments}/two`);
    assert.equal(removed.status, 202);
    assert.equal((await finish(arm, removed)).status, 204);
    assert.deepEqual(await list(), ['one']);
    assert.equal((await arm('DELETE', `${deployments}/two`)).status, 204);
  });

  test('forgets the oldest beyond a hundred', async () => {
    for (let at = 0; at < 102; at += 1) await deploy(arm, `d${at}`, deploymentBody(templateOf({})));
    const { body } = await arm('GET', deployments);
    assert.equal(body.value.length, 100);
    assert.equal((await arm('HEAD', `${deployments}/d0`)).status, 404);
  });

  test('survives a restart, in which what was under way has failed', async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-deployments-'));
    t.after(() => rm(directory, { recursive: true, force: true }));
    const first = await startTestSandbox({ directory });
    const before = await openArm(first);
    await make(before, '/resourcegroups/rg', { location });
    await deploy(before, 'done', deploymentBody(templateOf({ outputs: { a: { type: 'int', value: 1 } } })));
    await armFault(first, { path: '/publicIPAddresses/', when: 'operation', action: { operation: 'hang' } });
    await before('PUT', `${deployments}/open`, deploymentBody(templateOf({ resources: [address('a')] })));
    await first.stop();
    await using again = await startTestSandbox({ directory });
    const other = await openArm(again);
    assert.equal((await other('GET', `${deployments}/done`)).body.properties.outputs.a.value, 1);
    assert.equal((await other('GET', `${deployments}/open`)).body.properties.provisioningState, 'Failed');
  });
});

suite('mode Complete', () => {
  test('removes what the template does not have, in an order that works', async () => {
    await deploy(arm, 'docker', deploymentBody(dockerTemplate(), dockerParameters()));
    const { properties } = await deploy(
      arm,
      'complete',
      deploymentBody(templateOf({ resources: [address('web1-ip'), address('new')] }), {}, 'Complete'),
    );
    assert.equal(properties.provisioningState, 'Succeeded', JSON.stringify(properties.error));
    assert.deepEqual(names().sort(), ['new', 'web1-ip']);
    assert.equal(guests.guests.size, 0);
  });

  test('leaves disks and extensions of machines that stay', async () => {
    await deploy(arm, 'docker', deploymentBody(dockerTemplate(), dockerParameters()));
    const before = names().sort();
    const same = await deploy(arm, 'same', deploymentBody(dockerTemplate(), dockerParameters(), 'Complete'));
    assert.equal(same.properties.provisioningState, 'Succeeded', JSON.stringify(same.properties.error));
    assert.deepEqual(names().sort(), before);
  });
});

suite('secrets', () => {
  const secret = 'correct-horse-battery';
  /** A template that tries to give its secret away. */
  const leaky = (): Json =>
    templateOf({
      parameters: {
        secret: { type: 'securestring' },
        preset: { type: 'securestring', defaultValue: 'correct-horse-preset' },
        wrapped: { type: 'secureObject' },
        copied: { type: 'string', defaultValue: "[parameters('secret')]" },
      },
      resources: [
        address('a', { condition: '[false()]', tags: { password: `x${secret.toUpperCase()}` } }),
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: 'inner',
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope: 'inner' },
            parameters: { plain: { value: "[parameters('secret')]" }, wrapped: { value: "[parameters('wrapped')]" } },
            template: templateOf({
              parameters: { plain: { type: 'string' }, wrapped: { type: 'secureObject' } },
              outputs: { plain: { type: 'string', value: "[parameters('plain')]" } },
            }),
          },
        },
      ],
      outputs: {
        secure: { type: 'securestring', value: "[parameters('secret')]" },
        plain: { type: 'object', value: { a: "[concat('x', parameters('wrapped').deep)]" } },
        inner: { type: 'string', value: "[reference('inner').outputs.plain.value]" },
      },
    });
  const given = { secret: { value: secret }, preset: { value: 'other' }, wrapped: { value: { deep: secret } } };

  test('are in no answer, no journal and no file', async () => {
    const answers: string[] = [];
    for (const [path, parameters] of [
      ['leaky', given],
      ['refused', { ...given, unknown: { value: secret } }],
    ] as const) {
      const accepted = await arm('PUT', `${deployments}/${path}`, deploymentBody(leaky(), parameters));
      answers.push(accepted.text, (await finish(arm, accepted)).text);
    }
    // As a text, and where an error would tell it.
    const failing = templateOf({
      parameters: { secret: { type: 'securestring' } },
      resources: [address("[parameters('secret')]", { sku: 1 })],
    });
    const text = await arm(
      'PUT',
      `${deployments}/text`,
      deploymentBody(JSON.stringify(failing), JSON.stringify({ secret: { value: secret } })),
    );
    answers.push(text.text, (await finish(arm, text)).text);
    answers.push((await arm('POST', `${deployments}/leaky/validate`, deploymentBody(leaky(), given))).text);
    for (const name of ['leaky', 'inner', 'text']) {
      answers.push((await arm('GET', `${deployments}/${name}`)).text);
      answers.push((await arm('POST', `${deployments}/${name}/exportTemplate`)).text);
      answers.push((await arm('GET', `/resourcegroups/rg/deployments/${name}/operations`)).text);
    }
    answers.push((await arm('GET', deployments)).text);
    assert.equal((await arm('GET', `${deployments}/leaky`)).body.properties.provisioningState, 'Succeeded');
    assert.deepEqual((await arm('GET', `${deployments}/leaky`)).body.properties.parameters.secret, {
      type: 'SecureString',
    });
    for (const answer of answers) assert.doesNotMatch(answer, /correct-horse/i);
    await sandbox.server.world.state.save();
    for (const file of await readdir(sandbox.directory, { recursive: true, withFileTypes: true }))
      if (file.isFile())
        assert.doesNotMatch(await readFile(join(file.parentPath, file.name), 'utf8'), /correct-horse/i, file.name);
  });

  test('reach the resource that they are for', async () => {
    await deploy(arm, 'docker', deploymentBody(dockerTemplate(), dockerParameters()));
    assert.deepEqual(guests.runs[0]?.protectedSettings, {
      certs: { ca: 'c2VjcmV0LWNh', cert: 'Y2VydA==', key: 'c2VjcmV0LWtleQ==' },
    });
  });
});

suite('deployments in deployments', () => {
  const nested = (more: Json, parts: Json): Json => ({
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2025-04-01',
    name: 'inner',
    properties: { mode: 'Incremental', template: templateOf(parts), ...more },
  });
  const inner = { expressionEvaluationOptions: { scope: 'inner' } };

  test('have parameters and outputs of their own', async () => {
    const template = templateOf({
      parameters: { name: { type: 'string' } },
      resources: [
        nested(
          { ...inner, parameters: { name: { value: "[concat(parameters('name'), '-ip')]" } } },
          {
            parameters: { name: { type: 'string' } },
            resources: [address("[parameters('name')]")],
            outputs: { address: { type: 'string', value: "[reference(parameters('name')).ipAddress]" } },
          },
        ),
      ],
      outputs: { address: { type: 'string', value: "[reference('inner').outputs.address.value]" } },
    });
    const { properties } = await deploy(arm, 'outer', deploymentBody(template, { name: { value: 'dev' } }));
    assert.equal(properties.outputs?.address.value, '203.0.113.1', JSON.stringify(properties.error));
    assert.deepEqual(names(), ['dev-ip']);
  });

  test('see what the outer one sees, unless they say otherwise', async () => {
    const template = templateOf({
      variables: { name: 'seen' },
      resources: [nested({}, { variables: { name: 'hidden' }, resources: [address("[variables('name')]")] })],
    });
    await deploy(arm, 'outer', deploymentBody(template));
    assert.deepEqual(names(), ['seen']);
  });

  test('fail with their own reasons inside', async () => {
    const template = templateOf({
      resources: [nested(inner, { resources: [address('a', { sku: { name: 'Nonsense' } })] })],
    });
    const { properties } = await deploy(arm, 'outer', deploymentBody(template));
    const [detail] = properties.error.details;
    assert.equal(detail.code, 'ResourceDeploymentFailure');
    assert.equal(detail.details[0].code, 'DeploymentFailed');
    assert.equal(detail.details[0].details[0].code, 'InvalidRequestFormat');
  });

  test('are read with the outer one: what is wrong in them is refused beforehand', async () => {
    const template = templateOf({ resources: [nested(inner, { resources: [address('[nonsense()]')] })] });
    assert.match(
      await refused(arm('PUT', `${deployments}/outer`, deploymentBody(template))),
      /^400 InvalidTemplate .*'nonsense'/,
    );
  });

  test('of a subscription make a group and what is in it', async () => {
    const template = {
      ...templateOf({
        parameters: { group: { type: 'string' } },
        resources: [
          {
            type: 'Microsoft.Resources/resourceGroups',
            apiVersion: '2025-04-01',
            name: "[parameters('group')]",
            location: '[deployment().location]',
            tags: { a: 'b' },
          },
          {
            ...nested(inner, { resources: [address('a')] }),
            resourceGroup: "[parameters('group')]",
            dependsOn: ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', parameters('group'))]"],
          },
        ],
      }),
      $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    };
    const whole = '/providers/Microsoft.Resources/deployments/whole';
    const body = { location, ...deploymentBody(template, { group: { value: 'made' } }) };
    const end = await finish(arm, await arm('PUT', whole, body));
    assert.equal(end.body.status, 'Succeeded', end.text);
    assert.equal((await arm('GET', whole)).body.location, location);
    assert.equal((await arm('GET', '/resourcegroups/made')).body.tags.a, 'b');
    assert.equal((await arm('GET', `${at.replace('rg', 'made')}/Microsoft.Network/publicIPAddresses/a`)).status, 200);
    assert.match(await refused(arm('PUT', whole, deploymentBody(template))), /^400 InvalidDeployment .*'location'/);
  });
});
