import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorEntries, errorsPage } from '../../scripts/errors-page.ts';
import { expandCodes, OPEN_END } from '../../scripts/expand-codes.ts';
import { meanings } from '../../src/drivers/azure/arm-meanings.ts';
import { everyError } from '../cli/every-error.ts';

test('the words that a pattern of codes takes are listed, each once', () => {
  assert.deepEqual(expandCodes(/^(SkuNotAvailable|(Zonal)?AllocationFailed)$/), [
    'SkuNotAvailable',
    'AllocationFailed',
    'ZonalAllocationFailed',
  ]);
  assert.deepEqual(expandCodes(/^Invalid(A|B)(C|)$/), ['InvalidAC', 'InvalidA', 'InvalidBC', 'InvalidB']);
  assert.deepEqual(expandCodes(/(Limit|Quota)Reached$/), ['…LimitReached', '…QuotaReached']);
  assert.deepEqual(expandCodes(/^(Storage\w*|Retry.*)$/), ['Storage…', 'Retry…']);
  assert.deepEqual(expandCodes(/^VM(Extension|Agent)/), ['VMExtension…', 'VMAgent…']);
  for (const pattern of [/^[AB]$/, /^A+$/, /^A{2}$/]) {
    assert.throws(() => expandCodes(pattern), SyntaxError, pattern.source);
  }
});

test('every class of errors is in the catalogue, with its code, its exit codes and when it happens', async () => {
  const entries = await errorEntries();
  const page = (await errorsPage()).join('\n');
  for (const error of everyError()) {
    const { name } = error.constructor;
    const entry = entries.find(({ className }) => className === name);
    assert.ok(entry !== undefined, `${name} is in the catalogue`);
    assert.equal(entry.code, error.code);
    if (error.code !== 'several')
      assert.ok(entry.exitCodes.split(', ').includes(String(error.exitCode)), `${name} can end with ${error.exitCode}`);
    assert.match(
      page,
      new RegExp(`^\\| \`${error.code}\` \\| ${entry.exitCodes} \\| .{10,} \\| \`${name}\` \\|$`, 'm'),
    );
  }
});

test("each of Azure's codes that means something is in the catalogue, and no other", async () => {
  const page = (await errorsPage()).join('\n');
  for (const { codes } of meanings) {
    for (const code of expandCodes(codes)) {
      assert.ok(page.includes(`\`${code}\``), `${code} is in the catalogue`);
      assert.match(code.replaceAll(OPEN_END, ''), codes);
    }
  }
});

test('the document about exit codes leads to the catalogue', () => {
  assert.match(readFileSync('docs/exit-codes.md', 'utf8'), /\]\(reference\/errors\.md\)/);
});
