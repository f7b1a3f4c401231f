import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bicepLines, bicepString } from '../../../src/machine/template/bicep-text.ts';
import {
  call,
  idOf,
  item,
  machineNumber,
  member,
  parameter,
  property,
  type Resource,
  text,
  variable,
} from '../../../src/machine/template/expression.ts';
import type { Template } from '../../../src/machine/template/template.ts';
import { writeArm } from '../../../src/machine/template/write-arm.ts';
import { writeBicep } from '../../../src/machine/template/write-bicep.ts';
import { compileBicep } from './compile-bicep.ts';
import { readBicep } from './read-bicep.ts';

const odd = [
  "it's",
  "'''",
  "ends with '",
  'back\\slash',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what Bicep would take for an expression
  '${name} and $name and \\${name}',
  'two\nlines\n',
  'tab\tand\r\n',
  '[looks()]',
  '[[ -n x ]]',
  '{0} {{azdock:ca}}',
  '\u0001 and \u007f',
  'Grüße',
  '',
];

/** The text that a file's one variable has. */
function variableOf(source: string): unknown {
  const [declared] = readBicep(source);
  const { value } = declared ?? {};
  if (value?.kind === 'text') return value.parts.join('');
  if (value?.kind !== 'call' || value.args[0]?.kind !== 'list') return undefined;
  return value.args[0].items.map((line) => (line.kind === 'text' ? line.parts.join('') : line)).join('\n');
}

test('every text comes out of Bicep as it went in', () => {
  for (const one of odd) {
    assert.equal(variableOf(`var a = ${bicepString(one)}\n`), one);
    assert.equal(variableOf(`var a = ${bicepLines(one)}\n`), one);
  }
});

test('a script stands in Bicep as it is, where three quotes can hold it', () => {
  const script = `a 'quoted' word\n$x \${y} \\ z\n`;
  assert.equal(bicepLines(script), `'''\n${script}'''`);
  assert.equal(bicepLines("a'''\nb"), "join([\n  'a\\'\\'\\''\n  'b'\n], '\\n')");
});

const ip: Resource = {
  symbol: 'publicIp',
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: '2025-05-01',
  names: [text(['web', machineNumber, '-ip'])],
  parent: undefined,
  isRepeated: true,
  body: { location: parameter('location'), properties: { texts: odd, price: 0.05, all: -1, none: null, yes: true } },
};
const machine: Resource = {
  symbol: 'machine',
  type: 'Microsoft.Compute/virtualMachines',
  apiVersion: '2025-04-01',
  names: [text(['web', machineNumber])],
  parent: undefined,
  isRepeated: true,
  body: {
    tags: {
      'azdock-machine': text(['web', machineNumber]),
      id: call('guid', member(call('resourceGroup'), 'id'), 'x'),
    },
    properties: { ip: { id: idOf(ip) }, child: idOf(ip, ['parts', 'one']), empty: {}, nothing: [] },
  },
};
const extension: Resource = {
  symbol: 'extension',
  type: 'Microsoft.Compute/virtualMachines/extensions',
  apiVersion: '2025-04-01',
  names: [text(['web', machineNumber]), 'CustomScript'],
  parent: machine,
  isRepeated: true,
  body: {
    properties: {
      script: call('base64', call('replace', variable('script'), '{{key}}', member(item(parameter('keys')), 'pem'))),
    },
  },
};

const template: Template = {
  description: "It's a test",
  parameters: [
    { name: 'location', type: 'string', description: 'Region', defaultValue: 'westeurope' },
    { name: 'count', type: 'int', description: 'Number', defaultValue: 2, minValue: 1 },
    { name: 'keys', type: 'secureObject', description: 'Keys' },
  ],
  variables: [{ name: 'script', text: odd.join('\n') }],
  resources: [ip, machine, extension],
  outputs: [{ name: 'hosts', value: text(['tcp://', property(ip, 'dnsSettings.fqdn'), ':2376']) }],
  isLoop: true,
};

test('Bicep and JSON say the same', () => {
  const arm = JSON.parse(writeArm(template));
  const bicep = compileBicep(writeBicep(template));
  assert.deepEqual(Object.keys(bicep.parameters), Object.keys(arm.parameters));
  assert.equal(bicep.variables.script, odd.join('\n'));
  assert.equal(arm.variables.script.length, odd.join('\n').split('\n').length);
  for (const [index, ours] of bicep.resources.entries()) {
    const theirs = arm.resources[index];
    assert.equal(ours.type, theirs.type);
    assert.equal(ours.apiVersion, theirs.apiVersion);
    assert.deepEqual(ours.copy, theirs.copy);
    assert.equal(ours.dependsOn.length, theirs.dependsOn?.length ?? 0);
  }
  assert.deepEqual(bicep.resources[0].properties.texts, arm.resources[0].properties.texts);
});

test('what looks like an expression and is none gets one more bracket in JSON', () => {
  const { texts } = JSON.parse(writeArm(template)).resources[0].properties;
  assert.ok(texts.includes('[[looks()]'));
  assert.ok(texts.includes('[[[ -n x ]]'));
});

test('each machine of a loop has what is its own, and waits for it', () => {
  const { resources, outputs } = JSON.parse(writeArm(template));
  const [, vm, script] = resources;
  assert.equal(vm.name, "[format('web{0}', copyIndex(1))]");
  assert.deepEqual(vm.dependsOn, [
    "[resourceId('Microsoft.Network/publicIPAddresses', format('web{0}-ip', copyIndex(1)))]",
  ]);
  assert.equal(script.name, "[format('web{0}/CustomScript', copyIndex(1))]");
  assert.match(script.properties.script, /parameters\('keys'\)\[copyIndex\(\)\]\.pem/);
  assert.deepEqual(outputs.hosts.copy.count, "[parameters('count')]");
});
