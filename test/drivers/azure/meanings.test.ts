import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deed } from '../../../src/drivers/azure/arm-meanings.ts';
import { azureError } from '../../../src/drivers/azure/errors.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { ArmError } from '../../../src/errors/arm-error.ts';

function told(code: string, message: string, values: AzureOptionValues = {}, doing = 'create virtual machine dev') {
  const { options } = azureOptions(values);
  const deed: Deed = { doing, resource: 'dev', machine: 'dev', options };
  const error = azureError(new Error(message), { code, message }, deed);
  assert.ok(error instanceof ArmError, String(error));
  return { message: error.message, kind: error.kind, steps: error.nextSteps.map(({ command }) => command) };
}

/** Azure's code and text, what was asked for, what the user is told, and the step after the clean-up. */
const refusals: readonly (readonly [
  code: string,
  text: string,
  values: AzureOptionValues,
  why: RegExp,
  step: RegExp,
])[] = [
  ['SkuNotAvailable', 'No.', {}, /Standard_B2s_v2 is sold out in westeurope/, /--azure-size/],
  [
    'SkuNotAvailable',
    'No.',
    { availabilityZone: '2' },
    /zone 2 of westeurope has no room/,
    /--azure-availability-zone 1/,
  ],
  ['AllocationFailed', 'No.', {}, /westeurope has no room for a Standard_B2s_v2/, /--azure-size/],
  ['ZonalAllocationFailed', 'No.', { availabilityZone: '1' }, /zone 1 of westeurope/, /--azure-availability-zone 2/],
  ['OverconstrainedAllocationRequest', 'No.', {}, /where availability set, proximity placement group/, /--azure-size/],
  ['AllocationFailed', 'No.', { spot: true }, /no Spot place for a Standard_B2s_v2/, /--azure-spot --azure-size/],
  [
    'OperationNotAllowed',
    'exceeding approved LowPriorityCores quota',
    { spot: true },
    /quota of Spot cores/,
    /--azure-spot/,
  ],
  ['OperationNotAllowed', 'exceeding approved standardBsv2Family Cores quota.', {}, /quota of cores/, /--azure-size/],
  [
    'OperationNotAllowed',
    "the provided max price '0.01 USD' is lower than the current spot price '0.02 USD' for",
    { spot: true, spotMaxPrice: '0.01' },
    /costs 0\.02 US dollars an hour, and the most to pay is 0\.01/,
    /--azure-spot --azure-size Standard_B2s_v2$/,
  ],
  [
    'OperationNotAllowed',
    'Azure Spot is not supported for this VM size X.',
    { spot: true },
    /does not sell/,
    /--azure-spot/,
  ],
  ['VMMarketplaceInvalidInput', 'No.', {}, /sold under another plan/, /--azure-plan PUBLISHER:PRODUCT:PLAN/],
  [
    'MarketplacePurchaseEligibilityFailed',
    'Legal terms have not been accepted.',
    {},
    /terms of the plan/,
    /--azure-accept-terms/,
  ],
  [
    'ResourcePurchaseValidationFailed',
    'You have not accepted the legal terms on',
    {},
    /terms of the plan/,
    /--azure-accept-terms/,
  ],
  ['MarketplacePurchaseEligibilityFailed', 'not to be sold in market.', {}, /may not buy/, /--azure-image/],
  [
    'InvalidParameter',
    "'Microsoft.Compute/EncryptionAtHost' feature is not enabled",
    {},
    /encryption at host/,
    /^az feature register/,
  ],
  [
    'BadRequest',
    'Use of TrustedLaunch setting is not supported for the provided image',
    {},
    /Trusted Launch/,
    /--azure-security-type standard/,
  ],
  [
    'NotSupported',
    'OS disk of Ephemeral VM with size greater than 16 GB',
    {},
    /no room for an ephemeral OS disk/,
    /--azure-size/,
  ],
  [
    'OperationNotAllowed',
    'smaller than the size of the corresponding disk in the VM image',
    {},
    /does not fit/,
    /--azure-image/,
  ],
  [
    'InvalidParameter',
    'does not support the storage account type Premium_LRS of disk',
    {},
    /takes no disks of that kind/,
    /--azure-size/,
  ],
  [
    'OperationNotAllowed',
    'The maximum number of data disks allowed to be attached',
    {},
    /takes fewer data disks/,
    /--azure-size/,
  ],
  ['InvalidParameter', 'cannot boot Hypervisor Generation', {}, /cannot run image/, /--azure-size/],
  [
    'InvalidParameter',
    'The specified fault domain count must fall in the range 1 to 2.',
    {},
    /fault domains/,
    /--azure-fault-domain-count 2/,
  ],
  [
    'InvalidAvailabilityZone',
    'No.',
    { availabilityZone: '3' },
    /westeurope has no zone 3/,
    /--azure-availability-zone/,
  ],
  [
    'StorageAccountNotFound',
    'No.',
    { bootDiagnostics: 'https://a.blob.core.windows.net' },
    /boot log/,
    /--azure-boot-diagnostics managed/,
  ],
  ['PlatformImageNotFound', 'No.', {}, /has no image/, /--azure-image/],
];

for (const [code, text, values, why, step] of refusals)
  test(`${code} (${text.slice(0, 40)}) is told with what to do`, () => {
    const { message, steps } = told(code, text, values);
    assert.match(message, why);
    assert.ok(message.endsWith(`(${code}).`), message);
    assert.equal(steps[0], 'azdock rm dev');
    assert.match(steps[1] ?? '', step);
  });

test('a policy is named, and an identity that may not be given away as well', () => {
  const text =
    'Resource dev was disallowed by policy. Policy identifiers: [{"policyAssignment":{"name":"Require tags","id":"x"}}]';
  const policy = told('RequestDisallowedByPolicy', text);
  assert.match(policy.message, /policy "Require tags" forbids it/);
  assert.deepEqual([policy.kind, policy.steps], ['policy', ['azdock rm dev']]);
  const identity = told('LinkedAuthorizationFailed', "on the linked scope '/x/userAssignedIdentities/me'");
  assert.match(identity.message, /Managed Identity Operator/);
});

test('a machine that finds no room when it is started is not removed, but tried again', () => {
  const { steps } = told('AllocationFailed', 'No.', { spot: true }, 'start dev');
  assert.deepEqual(steps, ['azdock start dev']);
});
