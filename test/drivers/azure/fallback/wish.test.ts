import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWish, wishesOf, wishOf, wishValue } from '../../../../src/drivers/azure/fallback/wish.ts';
import { azureDriverRecord, parseAzureRecord } from '../../../../src/drivers/azure/record.ts';
import { azureSidecar } from '../../../../src/drivers/azure/extra-options.ts';
import { azureOptions } from '../../../../src/drivers/azure/resolve-options.ts';
import { UsageError } from '../../../../src/errors/usage-error.ts';

const asked = { size: 'Standard_B2s_v2', zone: '1' };

test('a fallback is a size in the zone that was asked for, a size and a zone, or a zone', () => {
  const read = (text: string) => parseWish(text, asked);
  assert.deepEqual(read('Standard_D2s_v5'), { size: 'Standard_D2s_v5', zone: '1' });
  assert.deepEqual(read('Standard_D2s_v5@3'), { size: 'Standard_D2s_v5', zone: '3' });
  assert.deepEqual(read('Standard_D2s_v5@none'), { size: 'Standard_D2s_v5', zone: undefined });
  assert.deepEqual(read('zone:2'), { size: 'Standard_B2s_v2', zone: '2' });
  assert.deepEqual(read('zone:none'), { size: 'Standard_B2s_v2', zone: undefined });
});

test('anything else is no fallback, and is refused with the flag', () => {
  for (const text of [
    '',
    'zone:',
    'zone:4',
    'zone:1,2',
    'Standard_D2s_v5@',
    'Standard_D2s_v5@9',
    '@2',
    'a b',
    'size:x',
    '-x',
  ]) {
    assert.equal(parseWish(text, asked), undefined, text);
    assert.throws(
      () => azureOptions({ fallback: [text] }),
      (error) => error instanceof UsageError && error.resource === '--fallback' && error.message.includes(`"${text}"`),
    );
  }
});

test('a zone does not go with an availability set', () => {
  assert.throws(() => azureOptions({ availabilitySet: 'set', fallback: ['zone:1'] }), /availability set is in no zone/);
  assert.throws(() => azureOptions({ availabilitySet: 'set', fallback: ['Standard_D2s_v5@1'] }), UsageError);
  assert.deepEqual(azureOptions({ availabilitySet: 'set', fallback: ['Standard_D2s_v5'] }).options.fallback, [
    'Standard_D2s_v5',
  ]);
});

test('wishes come in the order given, what was asked for first, and none twice', () => {
  const fallback = ['standard_d2s_v5', 'zone:2', 'Standard_D2s_v5@1', 'Standard_B2s_v2', 'Standard_D2s_v5@2'];
  const wishes = wishesOf({ size: 'Standard_B2s_v2', availabilityZone: '1', fallback });
  assert.deepEqual(wishes, [
    asked,
    { size: 'standard_d2s_v5', zone: '1' },
    { size: 'Standard_B2s_v2', zone: '2' },
    { size: 'Standard_D2s_v5', zone: '2' },
  ]);
});

test('a wish that is written down means the same whatever was asked for', () => {
  for (const zone of ['2', undefined]) {
    const wish = { size: 'Standard_D2s_v5', zone };
    assert.deepEqual(parseWish(wishValue(wish), asked), wish);
    assert.deepEqual(parseWish(wishValue(wish), { size: 'other', zone: '3' }), wish);
  }
});

test('the record keeps what is left to be tried', () => {
  const { options } = azureOptions({ fallback: ['zone:2', 'Standard_D2s_v5@none'], availabilityZone: '1' });
  const record = azureDriverRecord(options, { machineName: 'dev', storePath: '/store', sshKeyPath: '/key' });
  const read = parseAzureRecord(record, azureSidecar(options));
  assert.deepEqual(read.fallback, ['zone:2', 'Standard_D2s_v5@none']);
  assert.deepEqual(wishOf(read), { size: options.size, zone: '1' });
});
