import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DIFFERENT, type Proof, SAME } from './proofs.ts';

const [, same = '', different = ''] = readFileSync('docs/compatibility.md', 'utf8').split(/^## .*$/m);
/** Apostrophes of both kinds are one. */
const plain = (text: string): string => text.replaceAll('’', "'");

/** First cells of the table's rows, without its head. */
const rows = [...different.matchAll(/^\| (.*?) \| .*$/gm)].map(([, cell = '']) => plain(cell)).slice(2 - 1);
const points = [...same.matchAll(/^- (.*)$/gm)].map(([, text = '']) => plain(text));

test('every difference that docs/compatibility.md lists has a proof, and every proof a row', () => {
  const proven = Object.keys(DIFFERENT).map(plain);
  const cells = rows.filter((cell) => !/^-+$/.test(cell));
  assert.deepEqual(
    {
      unproven: cells.filter((cell) => !proven.includes(cell)),
      rowless: proven.filter((cell) => !cells.includes(cell)),
    },
    { unproven: [], rowless: [] },
    'add proofs for rows, and rows for proofs, in test/compatibility/proofs.ts',
  );
});

test('everything that docs/compatibility.md calls the same has a proof', () => {
  const beginnings = Object.keys(SAME).map(plain);
  const unproven = points.filter((point) => !beginnings.some((beginning) => point.startsWith(beginning)));
  const pointless = beginnings.filter((beginning) => !points.some((point) => point.startsWith(beginning)));
  assert.deepEqual({ unproven, pointless }, { unproven: [], pointless: [] });
});

test('every proof is a test that exists', () => {
  const missing = Object.entries({ ...DIFFERENT, ...SAME }).flatMap(([row, proofs]) => {
    const lost = proofs.filter((proof) => !isTest(proof)).map(([file, title]) => `${row}: ${file}: ${title}`);
    return proofs.length === 0 ? [`${row}: nothing`] : lost;
  });
  assert.deepEqual(missing, []);
});

/** The title stands in the file, after the name of a function that makes tests. */
function isTest([file, title]: Proof): boolean {
  if (!existsSync(file)) return false;
  const source = plain(readFileSync(file, 'utf8')).replaceAll("\\'", "'");
  const at = source.indexOf(plain(title));
  return at !== -1 && /\b(test|it|add)\(\s*['"`][^\n]*$/.test(source.slice(0, at));
}
