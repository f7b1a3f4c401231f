import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { functionNames } from '../../src/sandbox/deployments/functions/table.ts';
import type { Json } from './raw-https.ts';
import { subscriptionId, value } from './template-expressions.ts';

/** Expressions with what Microsoft's pages on template functions say that they give. */
const examples: Readonly<
  Record<string, readonly (readonly [expression: string, expected: Json, parameters?: Json])[]>
> = {
  texts: [
    ["base64('one, two, three')", 'b25lLCB0d28sIHRocmVl'],
    ["base64ToString(base64('one, two, three'))", 'one, two, three'],
    [`base64ToJson(base64('{''one'': ''a'', ''two'': ''b''}'))`, { one: 'a', two: 'b' }],
    ["dataUri('Hello')", 'data:text/plain;charset=utf8;base64,SGVsbG8='],
    ["dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", 'Hello, World!'],
    ["concat('a', 'b', 1)", 'ab1'],
    ["startsWith('abcdef', 'ab')", true],
    ["startsWith('abcdef', 'A')", true],
    ["startsWith('abcdef', 'e')", false],
    ["endsWith('abcdef', 'ef')", true],
    ["endsWith('abcdef', 'F')", true],
    ["endsWith('abcdef', 'e')", false],
    [
      "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)",
      'Hello, User. Formatted number: 8,175,133',
    ],
    ["format('{0}', true())", 'True'],
    ["format('{{{0}}}|{1,4}|{1,-4}|{1:D3}|{1:X}', 'a', 31)", '{a}|  31|31  |031|1F'],
    ["indexOf('test', 't')", 0],
    ["lastIndexOf('test', 't')", 3],
    ["indexOf('abcdef', 'CD')", 2],
    ["lastIndexOf('abcdef', 'AB')", 0],
    ["indexOf('abcdef', 'z')", -1],
    ["padLeft('123', 10, '0')", '0000000123'],
    ['padLeft(7, 3)', '  7'],
    ["replace('123-123-1234', '-', '')", '1231231234'],
    ["replace('123-123-1234', '1234', 'xxxx')", '123-123-xxxx'],
    ["skip('one two three', 4)", 'two three'],
    ["split('one,two,three', ',')", ['one', 'two', 'three']],
    ["split('one;two,three', createArray(',', ';'))", ['one', 'two', 'three']],
    ["string(createObject('valueA', 10, 'valueB', 'Example Text'))", '{"valueA":10,"valueB":"Example Text"}'],
    ["string(createArray('a', 'b', 'c'))", '["a","b","c"]'],
    ['string(5)', '5'],
    ["substring('one two three', 4, 3)", 'two'],
    ["take('one two three', 2)", 'on'],
    ["toLower('One Two Three')", 'one two three'],
    ["toUpper('One Two Three')", 'ONE TWO THREE'],
    ["trim('    one two three   ')", 'one two three'],
    [
      "uri('http://contoso.com/resources/', 'nested/azuredeploy.json')",
      'http://contoso.com/resources/nested/azuredeploy.json',
    ],
    ["uriComponent('http://contoso.com/resources/nested')", 'http%3A%2F%2Fcontoso.com%2Fresources%2Fnested'],
    ["uriComponentToString('http%3A%2F%2Fcontoso.com')", 'http://contoso.com'],
    ["length('One Two Three')", 13],
    ["join(createArray('a', 'b'), '-')", 'a-b'],
    // The UUID of version 5 of `a-b` in the namespace of https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-string#guid
    ["guid('a', 'b')", '2d796349-8c7e-55ec-9624-54ece82ed031'],
  ],
  collections: [
    ["concat(createArray('1-1', '1-2'), createArray('2-1'))", ['1-1', '1-2', '2-1']],
    ["contains('OneTwoThree', 'e')", true],
    ["contains('OneTwoThree', 'z')", false],
    ["contains(createObject('one', 'a'), 'ONE')", true],
    ["contains(createArray('one', 'two'), 'two')", true],
    ["contains(createArray('one', 'two'), 'four')", false],
    ["array('a')", ['a']],
    ["createArray(1, 'a', createArray())", [1, 'a', []]],
    ["createObject('one', 1, 'two', createObject())", { one: 1, two: {} }],
    ["empty('')", true],
    ['empty(createArray())', true],
    ["empty(createObject('a', 1))", false],
    ["first(createArray('one', 'two', 'three'))", 'one'],
    ["first('One Two Three')", 'O'],
    ["last(createArray('one', 'two', 'three'))", 'three'],
    ["last('One Two Three')", 'e'],
    ["intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))", ['two', 'three']],
    [
      'intersection(json(\'{"one": "a", "two": "b", "three": "c"}\'), json(\'{"one": "a", "two": "z", "three": "c"}\'))',
      { one: 'a', three: 'c' },
    ],
    ["union(createArray('one', 'two', 'three'), createArray('three', 'four'))", ['one', 'two', 'three', 'four']],
    [
      'union(json(\'{"one": "a", "two": {"b": 1}}\'), json(\'{"two": {"c": 2}, "one": "z"}\'))',
      { one: 'z', two: { b: 1, c: 2 } },
    ],
    ["length(createArray('one', 'two', 'three'))", 3],
    ['min(createArray(0, 3, 2, 5, 4))', 0],
    ['max(0, 3, 2, 5, 4)', 5],
    ['range(5, 3)', [5, 6, 7]],
    ["skip(createArray('one', 'two', 'three'), 2)", ['three']],
    ["take(createArray('one', 'two', 'three'), 2)", ['one', 'two']],
    [
      'items(json(\'{"b": 1, "a": 2}\'))',
      [
        { key: 'a', value: 2 },
        { key: 'b', value: 1 },
      ],
    ],
    ['objectKeys(json(\'{"b": 1, "a": 2}\'))', ['a', 'b']],
    ['flatten(createArray(createArray(1, 2), createArray(3)))', [1, 2, 3]],
    ["tryGet(json('{\"a\": {\"b\": 1}}'), 'a', 'c')", null],
    [
      "shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2))))",
      { a: { y: 2 } },
    ],
  ],
  numbers: [
    ['add(5, 3)', 8],
    ['sub(7, 3)', 4],
    ['mul(5, 3)', 15],
    ['div(8, 3)', 2],
    ['div(-8, 3)', -2],
    ['mod(7, 3)', 1],
    ["int('4')", 4],
  ],
  logic: [
    ["and(bool('true'), bool('false'))", false],
    ["or(bool('true'), bool('false'))", true],
    ["not(bool('true'))", false],
    ['bool(1)', true],
    ["if(equals('a', 'a'), 'yes', 'no')", 'yes'],
    ["if(false(), parameters('missing'), 'no')", 'no'],
    ["equals('a', 'A')", false],
    ['equals(json(\'{"a": 1, "b": 2}\'), json(\'{"b": 2, "a": 1}\'))', true],
    ['less(1, 2)', true],
    ["less('banana', 'apple')", false],
    ['lessOrEquals(1, 1)', true],
    ['greater(1, 2)', false],
    ["greaterOrEquals('a', 'a')", true],
    ["coalesce(null(), json('null'), 'x', 'y')", 'x'],
    ['null()', null],
    ['true()', true],
  ],
  lambdas: [
    ["filter(range(0, 5), lambda('n', less(lambdaVariables('n'), 2)))", [0, 1]],
    ["map(createArray('a', 'b'), lambda('x', concat(lambdaVariables('x'), '!')))", ['a!', 'b!']],
    [
      "map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))",
      ['a0', 'b1'],
    ],
    ["reduce(range(1, 4), 0, lambda('sum', 'n', add(lambdaVariables('sum'), lambdaVariables('n'))))", 10],
    ["sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))", [1, 2, 3]],
    [
      "toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', length(lambdaVariables('x'))))",
      { a: 1, b: 1 },
    ],
  ],
  networks: [
    ["cidrSubnet('10.144.0.0/20', 24, 0)", '10.144.0.0/24'],
    ["cidrSubnet('10.144.0.0/20', 24, 15)", '10.144.15.0/24'],
    ["cidrSubnet('fdad:3236:5555::/48', 52, 1)", 'fdad:3236:5555:1000::/52'],
    ["cidrHost('10.144.3.0/24', 0)", '10.144.3.1'],
    [
      "parseCidr('10.144.0.0/20')",
      {
        network: '10.144.0.0',
        netmask: '255.255.240.0',
        broadcast: '10.144.15.255',
        firstUsable: '10.144.0.1',
        lastUsable: '10.144.15.254',
        cidr: 20,
      },
    ],
  ],
  resources: [
    ["resourceId('Microsoft.Network/networkInterfaces', 'nic')", idOf('networkInterfaces/nic')],
    ["resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 's')", idOf('virtualNetworks/vnet/subnets/s')],
    ["resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet/s')", idOf('virtualNetworks/vnet/subnets/s')],
    ["resourceId('Microsoft.Network/networkInterfaces/', 'nic')", idOf('networkInterfaces/nic')],
    ["resourceId('other', 'Microsoft.Network/networkInterfaces', 'nic')", idOf('networkInterfaces/nic', 'other')],
    [
      "resourceId('22222222-2222-2222-2222-222222222222', 'other', 'Microsoft.Network/networkInterfaces', 'nic')",
      idOf('networkInterfaces/nic', 'other').replace(subscriptionId, '22222222-2222-2222-2222-222222222222'),
    ],
    [
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'reader')",
      `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/reader`,
    ],
    [
      "extensionResourceId('/a/b', 'Microsoft.Authorization/locks', 'l')",
      '/a/b/providers/Microsoft.Authorization/locks/l',
    ],
    ['resourceGroup().location', 'westeurope'],
    ['subscription().subscriptionId', subscriptionId],
    ['deployment().name', 'dev'],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'West Europe', 2)", ['1', '2']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westeurope', 1, 2)", ['3']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus')", []],
  ],
  access: [
    ["parameters('o').a.b[1]", 'y', { o: { A: { b: ['x', 'y'] } } }],
    ["parameters('o')['a-b']", 1, { o: { 'a-b': 1 } }],
    ["parameters('o').?missing.?deeper", null, { o: {} }],
    ["parameters('list')[?5]", null, { list: [1] }],
    ["toUpper( concat( 'it''s', ' ', 'one' ) )", "IT'S ONE"],
  ],
};

for (const [subject, list] of Object.entries(examples))
  suite(`template functions on ${subject}`, () => {
    for (const [expression, expected, parameters] of list)
      test(`${expression} is ${JSON.stringify(expected)}`, () => {
        assert.deepEqual(value(`[${expression}]`, parameters), expected);
      });
  });

test('a text is an expression only between single brackets', () => {
  assert.equal(value('plain'), 'plain');
  assert.equal(value('[[test value]'), '[test value]');
  assert.equal(value('[test] value'), '[test] value');
  assert.equal(value('[[test] value'), '[[test] value');
});

test('a unique string has thirteen letters and digits, the same for the same seed', () => {
  const one = value("[uniqueString('seed')]");
  assert.match(one, /^[a-z2-7]{13}$/);
  assert.equal(value("[uniqueString('seed')]"), one);
  assert.notEqual(value("[uniqueString('seed', 'other')]"), one);
});

test('the time and a new identifier are to be had in default values only', () => {
  const inDefault = { isDefaultValue: true };
  assert.equal(value('[utcNow()]', {}, inDefault), '20261120T090503Z');
  assert.equal(value("[utcNow('d')]", {}, inDefault), '11/20/2026');
  assert.equal(value("[utcNow('yyyy-MM-dd HH:mm')]", {}, inDefault), '2026-11-20 09:05');
  assert.match(value('[newGuid()]', {}, inDefault), /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  assert.throws(() => value('[utcNow()]'), /'utcNow' is not expected at this location/);
  assert.throws(() => value('[newGuid()]'), /'newGuid' is not expected at this location/);
});

test('copyIndex counts in the loop of the resource, or in the one that is named', () => {
  const loops = [
    { name: 'machines', index: 2, isOfResource: true },
    { name: 'disks', index: 5, isOfResource: false },
  ];
  assert.equal(value('[copyIndex()]', {}, { loops }), 2);
  assert.equal(value('[copyIndex(1)]', {}, { loops }), 3);
  assert.equal(value("[copyIndex('disks')]", {}, { loops }), 5);
  assert.equal(value("[copyIndex('disks', 10)]", {}, { loops }), 15);
  assert.throws(() => value("[copyIndex('none')]", {}, { loops }), /no copy loop 'none'/);
  assert.throws(() => value('[copyIndex()]'), /not expected at this location/);
});

const wrong: readonly (readonly [expression: string, message: RegExp])[] = [
  ['concat(', /expected token .* and actual 'EndOfData'/],
  ["concat('a' 'b')", /expected token 'RightParenthesis' and actual 'b' at position '11'/],
  ["'a", /the string character ''' at position '0' is not expected/],
  ['bareword', /expected token 'LeftParenthesis' and actual 'EndOfData'/],
  ["concat('a'))", /expected token 'EndOfData'/],
  ['a b', /LeftParenthesis/],
  ['', /LeftParenthesis/],
  ["noSuchFunction('a')", /The template function 'noSuchFunction' is not valid/],
  ["toLower('a', 'b')", /requires 1 argument\(s\) while 2 were provided/],
  ['toLower(1)', /parameter number '1' to be of type 'String'.*type 'Integer'/],
  ["parameters('o').c", /property 'c' doesn't exist, available properties are 'a'/],
  ["parameters('list')[5]", /array index '5' is out of bounds/],
  ["parameters('list').a", /type 'Array', and has no properties/],
  [
    "substring('1234567890', 0, 11)",
    /The index parameter: '0', the length parameter: '11', the length of the string parameter: '10'/,
  ],
  ['div(1, 0)', /divided by zero/],
  ["int('x')", /not an integer/],
  ["json('{')", /not valid JSON/],
  ["base64ToString('%')", /not a valid base64/],
  ['range(0, 10001)', /from 0 to 10000/],
  ["format('{1}', 'a')", /Index \(zero based\)/],
  ["if('yes', 1, 2)", /first parameter to be of type 'Boolean'/],
  ["reference('a')", /'reference' is not expected at this location/],
  ["resourceId('nic')", /requires at least 2/],
  ["resourceId('Microsoft.Network/networkInterfaces', 'a', 'b')", /requires '1' resource name argument\(s\), and '2'/],
  ["cidrSubnet('10.0.0.0/24', 26, 4)", /no subnet number 4/],
  ["cidrSubnet('nonsense', 26, 4)", /not a range of addresses/],
  ["createObject('a')", /a value is missing/],
];

for (const [expression, message] of wrong)
  test(`[${expression}] is refused`, () => {
    assert.throws(() => value(`[${expression}]`, { o: { a: 1 }, list: [1] }), message);
  });

test('what would take the sandbox too long, or too much memory, is refused', () => {
  const wide = Array.from({ length: 10_000 }, (_item, index) => index);
  const nested = `${'createArray('.repeat(80)}1${')'.repeat(80)}`;
  for (const expression of [
    "padLeft('a', 2000000000)",
    "replace(padLeft('a', 100000), ' ', padLeft('a', 100000))",
    "map(parameters('wide'), lambda('x', contains(parameters('wide'), lambdaVariables('x'))))",
    "map(parameters('wide'), lambda('x', parameters('wide')))",
    "reduce(range(0, 10000), createArray(), lambda('a', 'x', createArray(lambdaVariables('a'), lambdaVariables('a'))))",
    "reduce(range(0, 10000), 'ab', lambda('a', 'x', concat(lambdaVariables('a'), lambdaVariables('a'))))",
    `${'not('.repeat(200)}true()${')'.repeat(200)}`,
    `parameters('wide')${'.a'.repeat(300)}`,
    `concat(${`'${'a'.repeat(25_000)}'`})`,
    `reduce(range(0, 50), ${nested}, lambda('a', 'x', createArray(lambdaVariables('a'))))`,
  ])
    assert.throws(
      () => value(`[${expression}]`, { wide }),
      /more work|nested deeper|than '100' properties|longer than the limit|too large/,
      expression.slice(0, 60),
    );
});

test('a function of Azure that the sandbox does not play is said to be one', () => {
  for (const name of ['listKeys', 'dateTimeAdd', 'providers'])
    assert.throws(() => value(`[${name}('a')]`), /The sandbox does not implement the template function/);
});

test('the page on the sandbox names every function', () => {
  const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
  const [, listed = ''] = /these functions: `([^`]*)`/.exec(page) ?? [];
  assert.deepEqual(listed.split(/\s+/).sort(), [...functionNames].sort());
});

function idOf(path: string, group = 'rg'): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/${path}`;
}
