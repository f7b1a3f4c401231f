import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISTRIBUTIONS } from '../../../src/provision/distributions/catalogue.ts';
import { findDistribution } from '../../../src/provision/distributions/find-distribution.ts';
import { parseOsRelease, systemName } from '../../../src/provision/distributions/os-release.ts';
import { SAMPLES } from './os-releases.ts';

test('values are read bare, in single and in double quotes', () => {
  const release = parseOsRelease(
    'A=bare\nB="two words"\nC=\'it is\'\nD="say \\"hi\\" for \\$5"\nE=\nF=""\nG=first\nG=last\nURL=https://x.example/?a=b\n',
  );
  assert.deepEqual(Object.fromEntries(release), {
    A: 'bare',
    B: 'two words',
    C: 'it is',
    D: 'say "hi" for $5',
    E: '',
    F: '',
    G: 'last',
    URL: 'https://x.example/?a=b',
  });
});

test('comments and lines of any other form are passed over', () => {
  assert.deepEqual([...parseOsRelease('# ID=debian\n\nID = x\n=\nrubbish\n1A=b\n')], []);
});

test('the user is told the name that the system gives itself', () => {
  assert.equal(systemName(parseOsRelease('ID=alpine\nPRETTY_NAME="Alpine Linux v3.20"')), 'Alpine Linux v3.20');
  assert.equal(systemName(parseOsRelease('ID=alpine')), 'alpine');
  assert.equal(systemName(parseOsRelease('')), 'a system without a name');
});

for (const { title, text, known } of SAMPLES) {
  test(`${title} is ${known === undefined ? 'not known' : `taken for ${known}`}`, () => {
    const found = findDistribution(parseOsRelease(text));
    assert.equal(found?.name.startsWith(known ?? '!'), known === undefined ? undefined : true, found?.name);
  });
}

test('no ID belongs to two descriptions, and none needs quoting in a shell', () => {
  const ids = DISTRIBUTIONS.flatMap((one) => [
    ...one.ids.map((id) => `id:${id}`),
    ...one.like.map((id) => `like:${id}`),
  ]);
  assert.deepEqual([...new Set(ids)], ids);
  assert.deepEqual(
    ids.filter((id) => !/^(id|like):[a-z0-9._-]+$/.test(id)),
    [],
  );
});
