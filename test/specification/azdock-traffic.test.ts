import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { isOfAzdock } from './exchange.ts';
import type { Findings } from './findings.ts';
import { published, specifications } from './published.ts';

suite('what azdock and the sandbox say to each other', published, () => {
  let findings: Findings;
  let report: string;

  // What only these tests need is loaded when they run: without specifications the file has to load all the same, and fast.
  before(async () => {
    const { recordAzdock } = await import('./record-azdock.ts');
    const { ArmSchemas } = await import('./arm-schemas.ts');
    const { ExchangeCheck } = await import('./exchange-check.ts');
    const { describe, examine } = await import('./findings.ts');
    findings = await examine((await recordAzdock()).filter(isOfAzdock), {
      exchanges: await ExchangeCheck.open(specifications),
      bodies: new ArmSchemas(specifications),
    });
    report = describe(findings);
  });

  test('is what Microsoft publishes that clients ask and Azure answers', (t) => {
    t.diagnostic(report);
    assert.deepEqual(findings.problems, []);
  });

  test('has every operation that the driver can ask for', async () => {
    const { sdkCalls } = await import('./sdk-calls.ts');
    const { isUndocumentedOperation } = await import('./undescribed.ts');
    const wanted = sdkCalls().filter((operation) => !isUndocumentedOperation(operation));
    assert.ok(wanted.length > 40, 'the calls are found in the source');
    assert.deepEqual(
      wanted.filter((operation) => !findings.operations.has(operation)),
      [],
    );
  });

  test('has a body of each resource type that azdock makes', () => {
    assert.deepEqual([...findings.bodies.keys()].sort(), [
      'Microsoft.Compute/availabilitySets',
      'Microsoft.Compute/proximityPlacementGroups',
      'Microsoft.Compute/virtualMachines',
      'Microsoft.Compute/virtualMachines/extensions',
      'Microsoft.Network/networkInterfaces',
      'Microsoft.Network/networkSecurityGroups',
      'Microsoft.Network/publicIPAddresses',
      'Microsoft.Network/virtualNetworks',
      'Microsoft.Network/virtualNetworks/subnets',
      'Microsoft.Resources/resourceGroups',
    ]);
  });
});
