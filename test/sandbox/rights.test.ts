import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { location } from './build-machine.ts';
import { control } from './control-calls.ts';
import { type Arm, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

describe('rights and policies of the sandbox', () => {
  let sandbox: TestSandbox & AsyncDisposable;
  let arm: Arm;

  before(async () => {
    sandbox = await startTestSandbox();
    arm = await openArm(sandbox);
  });
  after(() => sandbox.stop());
  beforeEach(async () => {
    await control(sandbox, 'POST', 'reset');
  });

  const PERMISSIONS = '/providers/Microsoft.Authorization/permissions?api-version=2022-04-01';
  const RESTRICTIONS = '/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01';
  const reader = [{ actions: ['*/read'] }];
  const address = { location, sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } };
  const addressPath = '/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/ip';

  it('the principal is an owner at first, and may ask what it may do', async () => {
    const { body } = await arm('GET', PERMISSIONS);
    assert.deepEqual(body.value, [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }]);
    assert.equal((await arm('GET', `/resourcegroups/none${PERMISSIONS}`)).status, 404);
    await arm('PUT', '/resourcegroups/rg', { location });
    assert.equal((await arm('GET', `/resourcegroups/rg${PERMISSIONS}`)).status, 200);
  });

  it('a reader reads and checks policies, and changes nothing', async () => {
    await arm('PUT', '/resourcegroups/rg', { location });
    assert.equal((await control(sandbox, 'PUT', 'permissions', reader)).status, 200);
    assert.equal((await arm('GET', '/resourcegroups/rg')).status, 200);
    const content = { type: 'Microsoft.Compute/virtualMachines', location };
    const checked = await arm('POST', RESTRICTIONS, { resourceDetails: { resourceContent: content } });
    assert.equal(checked.status, 200, checked.text);
    for (const [method, path, action] of [
      ['PUT', '/resourcegroups/rg', 'Microsoft.Resources/subscriptions/resourceGroups/write'],
      ['PUT', addressPath, 'Microsoft.Network/publicIPAddresses/write'],
      ['POST', '/providers/Microsoft.Network/register?api-version=2025-04-01', 'Microsoft.Network/register/action'],
    ] as const) {
      const { status, body } = await arm(method, path, address);
      assert.deepEqual([status, body.error.code], [403, 'AuthorizationFailed'], path);
      assert.match(body.error.message, new RegExp(`perform action '${action}'`));
    }
  });

  it('what a role takes out again is forbidden', async () => {
    const role = { actions: ['*'], notActions: ['Microsoft.Network/publicIPAddresses/*'] };
    await control(sandbox, 'PUT', 'permissions', [role]);
    assert.equal((await arm('PUT', '/resourcegroups/rg', { location })).status, 201);
    assert.equal((await arm('PUT', addressPath, address)).status, 403);
  });

  it('a policy is told of beforehand, and refuses what it denies', async () => {
    const rule = {
      name: 'no-addresses',
      if: {
        allOf: [
          { field: 'type', equals: 'Microsoft.Network/publicIPAddresses' },
          { not: { field: 'location', in: ['northeurope'] } },
        ],
      },
    };
    assert.equal((await control(sandbox, 'PUT', 'policies', [rule])).status, 200);
    await arm('PUT', '/resourcegroups/rg', { location });
    const content = { ...address, type: 'Microsoft.Network/publicIPAddresses', name: 'ip' };
    const ask = async (resourceContent: object) =>
      (await arm('POST', RESTRICTIONS, { resourceDetails: { resourceContent } })).body.contentEvaluationResult
        .policyEvaluations;
    const [told] = await ask(content);
    assert.equal(told.effectDetails.policyEffect, 'Deny');
    assert.match(told.policyInfo.policyAssignmentId, /\/policyAssignments\/no-addresses$/);
    assert.deepEqual(await ask({ ...content, location: 'northeurope' }), []);
    const { status, body } = await arm('PUT', addressPath, address);
    assert.deepEqual([status, body.error.code], [403, 'RequestDisallowedByPolicy']);
    assert.equal((await arm('PUT', addressPath, { ...address, location: 'northeurope' })).status, 201);
  });

  it('a policy that only audits refuses nothing, and is told of on request', async () => {
    const rule = {
      name: 'big',
      effect: 'Audit',
      if: { field: 'Microsoft.Compute/virtualMachines/sku.name', notIn: ['Standard_B1s'] },
    };
    await control(sandbox, 'PUT', 'policies', [rule]);
    const resourceContent = {
      type: 'Microsoft.Compute/virtualMachines',
      properties: { hardwareProfile: { vmSize: 'Standard_B2s_v2' } },
    };
    const ask = async (includeAuditEffect: boolean) =>
      (await arm('POST', RESTRICTIONS, { resourceDetails: { resourceContent }, includeAuditEffect })).body
        .contentEvaluationResult.policyEvaluations.length;
    assert.deepEqual([await ask(false), await ask(true)], [0, 1]);
    assert.equal((await arm('PUT', '/resourcegroups/rg', { location })).status, 201);
  });

  it('what is no question, no condition and no role is refused', async () => {
    const bodies = [
      {},
      { resourceDetails: {} },
      { resourceDetails: { resourceContent: {} } },
      { resourceDetails: { resourceContent: { type: 'x' } }, more: 1 },
    ];
    for (const body of bodies) assert.equal((await arm('POST', RESTRICTIONS, body)).status, 400, JSON.stringify(body));
    for (const condition of [{ field: 'type' }, { field: 'type', like: 'a*' }, { allOf: {} }, 7])
      assert.equal((await control(sandbox, 'PUT', 'policies', [{ name: 'x', if: condition }])).status, 400);
    assert.equal((await control(sandbox, 'PUT', 'permissions', [{}])).status, 400);
  });
});
