import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FilteredMachine, parseFilters, passesRecord, passesState } from '../../src/cli/filter.ts';
import { UsageError } from '../../src/errors/usage-error.ts';

function machine(facts: Partial<FilteredMachine> = {}): FilteredMachine {
  return { name: 'dev-1', driver: 'azure', swarm: '', labels: [], ...facts };
}

function passes(filters: string[], facts: Partial<FilteredMachine> = {}): boolean {
  return passesRecord(parseFilters(filters), machine(facts));
}

test('no filters let everything pass', () => {
  assert.equal(passes([]), true);
  assert.equal(passesState(parseFilters([]), 'Running'), true);
});

test('driver, state and swarm are compared whole, without regard to case', () => {
  assert.equal(passes(['driver=AZURE']), true);
  assert.equal(passes(['driver=azur']), false);
  assert.equal(passes(['swarm=Boss'], { swarm: 'boss' }), true);
  assert.equal(passes(['swarm=boss']), false);
  assert.equal(passesState(parseFilters(['state=running']), 'Running'), true);
  assert.equal(passesState(parseFilters(['state=Stopped']), 'Running'), false);
});

test('the same key again widens, another key narrows', () => {
  assert.equal(passes(['driver=generic', 'driver=azure']), true);
  assert.equal(passes(['driver=azure', 'name=prod']), false);
  assert.equal(passesState(parseFilters(['state=Error', 'state=Stopped']), 'Stopped'), true);
});

test('keys may be written in upper case', () => {
  assert.equal(passes(['DRIVER=azure', 'Name=dev']), true);
});

test('labels compare keys exactly and values without regard to case', () => {
  const labels = ['team=Web', 'a=b=c', 'broken'];
  assert.equal(passes(['label=team=web'], { labels }), true);
  assert.equal(passes(['label=Team=web'], { labels }), false);
  assert.equal(passes(['label=a=B=C'], { labels }), true);
  assert.equal(passes(['label=broken='], { labels }), false);
  assert.equal(passes(['label=x=1', 'label=team=web'], { labels }), true);
});

describe('name', () => {
  test('matches anywhere, as a regular expression of Go', () => {
    const matches: readonly [pattern: string, name: string, expected: boolean][] = [
      ['ev', 'dev-1', true],
      ['^ev', 'dev-1', false],
      ['^(dev|ci)-\\d+$', 'ci-12', true],
      ['(?i)DEV', 'dev-1', true],
      ['DEV', 'dev-1', false],
      ['\\Adev-1\\z', 'dev-1', true],
      ['\\Aev', 'dev-1', false],
      ['^[[:alpha:]]+-[[:digit:]]$', 'dev-1', true],
      ['^[^[:digit:]]+$', 'dev-1', false],
      ['\\Qd.v\\E', 'd.v', true],
      ['\\Qd.v', 'dev', false],
      ['(?P<kind>dev)', 'dev-1', true],
      ['dev\\-1', 'dev-1', true],
      ['a\\_b', 'a_b', true],
      ['\\pL+', 'dev', true],
      ['dev.1', 'dev-1', true],
      ['', 'dev-1', true],
      ['=', 'a=b', true],
    ];
    for (const [pattern, name, expected] of matches) {
      assert.equal(passes([`name=${pattern}`], { name }), expected, `${pattern} on ${name}`);
    }
  });

  test('refuses what is no regular expression, or none of Go', () => {
    for (const pattern of ['(', '[a', '*', 'a**', '(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '\\']) {
      assert.throws(() => parseFilters([`name=${pattern}`]), UsageError, pattern);
    }
    assert.throws(() => parseFilters(['name=(']), {
      message: 'name=( is not a regular expression: Unterminated group',
    });
  });
});

test("errors have docker-machine's words", () => {
  assert.throws(() => parseFilters(['driver']), { code: 'usage', message: 'Unsupported filter syntax' });
  assert.throws(() => parseFilters(['label=team']), { message: 'Unsupported filter syntax' });
  assert.throws(() => parseFilters(['foo=bar']), { message: "Unsupported filter key 'foo'" });
});

test('a pattern that would try out everything is refused in time', () => {
  const filter = parseFilters(['name=^([a-z]+)*$']);
  const machine = { name: `${'a'.repeat(60)}!`, driver: 'azure', swarm: '', labels: [] };
  assert.throws(() => passesRecord(filter, machine), /cannot be used: it takes too long$/);
  assert.equal(passesRecord(filter, { ...machine, name: 'dev' }), true);
});
