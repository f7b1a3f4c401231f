import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { INSPECT_FUNCTIONS } from '../../../src/cli/template/json-functions.ts';
import { parseTemplate } from '../../../src/cli/template/template.ts';
import { GoStruct, type GoValue } from '../../../src/cli/template/value.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

interface CorpusCase {
  readonly template: string;
  readonly data: 'json' | 'struct';
  readonly output?: string;
  readonly error?: string;
}

function render(template: string, data: GoValue = {}): string {
  return parseTemplate(template, { functions: INSPECT_FUNCTIONS }).execute(data);
}

function renderError(template: string, data: GoValue = {}): string {
  try {
    return `no error: ${render(template, data)}`;
  } catch (error) {
    // Anything but an error for users would be a defect.
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function parseCorpus(): { data: GoValue; cases: CorpusCase[] } {
  const lines = readFileSync(join(import.meta.dirname, 'go-corpus/corpus.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const [first, ...rest] = lines.map((line) => JSON.parse(line));
  return { data: first.data, cases: rest };
}

describe("Go's own text/template gives the same output and the same errors", () => {
  const { data, cases } = parseCorpus();
  const item = new GoStruct('commands.Item', {
    Name: 'dev',
    Active: true,
    State: 'Running',
    Count: 22n,
    Load: 1.5,
    Tags: ['a=1', 'b'],
    Engine: new GoStruct('*commands.Engine', { Labels: ['x=y'], TLSVerify: true, Driver: 'overlay2' }),
  });
  const kinds: readonly [string, (one: CorpusCase) => boolean][] = [
    ['for output', ({ template, error }) => error === undefined && !template.includes('printf')],
    ['for errors', ({ template, error }) => error !== undefined && !template.includes('printf')],
    ['for printf', ({ template }) => template.includes('printf')],
  ];
  for (const [name, belongs] of kinds) {
    test(name, () => {
      const chosen = cases.filter(belongs);
      assert.ok(chosen.length > 100);
      for (const { template, data: kind, output, error } of chosen) {
        const input = kind === 'struct' ? item : data;
        if (error === undefined) assert.equal(render(template, input), output ?? '', template);
        else assert.equal(renderError(template, input), error, template);
      }
    });
  }
});

test('what users of docker-machine write for inspect', () => {
  const record = {
    Name: 'dev',
    Driver: { IPAddress: '20.103.9.4', SSHPort: 22 },
    HostOptions: { AuthOptions: { StorePath: '/m/dev' } },
  };
  assert.equal(render('{{.Driver.IPAddress}}', record), '20.103.9.4');
  assert.equal(render('{{.HostOptions.AuthOptions.StorePath}}', record), '/m/dev');
  assert.equal(render('{{json .Driver}}', record), '{"IPAddress":"20.103.9.4","SSHPort":22}');
  assert.equal(render('{{prettyjson .Driver}}', record), '{\n    "IPAddress": "20.103.9.4",\n    "SSHPort": 22\n}');
  assert.equal(render('{{.Driver.Nope}}', record), '<no value>');
});

test('an unknown field of a struct is an error that names its type', () => {
  const item = new GoStruct('commands.HostListItem', { Name: 'dev' });
  assert.equal(
    renderError('{{.Nope}}', item),
    'template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type commands.HostListItem',
  );
});

test('json keeps the fields of a struct in order, and sorts the keys of maps', () => {
  const item = new GoStruct('x.Y', { B: 1, A: { z: 1, '10': 2, '9': 3 } });
  assert.equal(render('{{json .}}', item), '{"B":1,"A":{"10":2,"9":3,"z":1}}');
});

test('functions that are not given are not defined', () => {
  assert.throws(() => parseTemplate('{{json .}}', { functions: new Map() }), {
    message: 'template: :1: function "json" not defined',
  });
});

test('what JavaScript objects inherit is no field', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.equal(render(`{{.${name}}}`), '<no value>');
    assert.equal(render(`{{index . "${name}"}}`), '<no value>');
    assert.match(renderError(`{{.${name}}}`, new GoStruct('x.Y', {})), /can't evaluate field/);
  }
  assert.match(renderError('{{constructor}}'), /function "constructor" not defined/);
});

describe('where ours differs from Go on purpose', () => {
  test('a struct inside a struct shows its content, where Go shows an address', () => {
    const outer = new GoStruct('x.Y', { Engine: new GoStruct('*x.Z', { Driver: 'overlay2', Labels: ['a'] }) });
    assert.equal(render('{{.}}', outer), '{{overlay2 [a]}}');
  });

  test('an integer that is too large is found when the template is parsed', () => {
    assert.equal(renderError('{{9223372036854775808}}'), 'template: :1: integer overflow: "9223372036854775808"');
  });

  test('what printf leaves out is an error', () => {
    for (const format of ['%[1]d', '%#v', '%x', '%#g', '%b']) {
      assert.match(renderError(`{{printf "${format}" 1.5}}`), /error calling printf: .* not supported$/, format);
    }
    assert.match(renderError('{{1i}}'), /complex number 1i is not supported/);
  });
});

describe('a template cannot run for ever or take all memory', () => {
  const errors: readonly [string, string, RegExp][] = [
    [
      'calls itself',
      '{{define "t"}}{{template "t" .}}{{end}}{{template "t" .}}',
      /exceeded maximum template depth \(100\)/,
    ],
    [
      'calls itself twice',
      '{{define "t"}}{{template "u" .}}{{template "u" .}}{{end}}{{define "u"}}{{if true}}{{template "v"}}{{template "v"}}{{end}}{{end}}{{define "v"}}{{template "t"}}{{end}}{{template "t" .}}',
      /exceeded maximum template depth|steps/,
    ],
    ['doubles a text', `{{$x := "aaaaaaaa"}}${'{{$x = print $x $x}}'.repeat(40)}`, /text too long/],
    ['asks for a wide column', '{{printf "%999999999d" 1}}', /width or precision over 10000/],
    ['asks for many wide columns', `{{printf "${'%9999d'.repeat(3000)}" ${'1 '.repeat(3000)}}}`, /text too long/],
    [
      'prints without end',
      '{{define "t"}}{{range .}}{{range $}}{{range $}}{{printf "%9999d" 1}}{{end}}{{end}}{{end}}{{end}}{{template "t" .}}',
      /output too long/,
    ],
    [
      'loops in loops',
      '{{range .}}{{range $}}{{range $}}{{range $}}{{range $}}{{range $}}x{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}',
      /more than 1000000 steps/,
    ],
    ['nests parentheses', `{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`, /max expression depth exceeded/],
    ['nests blocks', '{{if true}}'.repeat(5000) + '{{end}}'.repeat(5000), /max (block|expression) depth exceeded/],
    [
      'chains conditions',
      `{{if false}}${'{{else if false}}'.repeat(5000)}{{end}}`,
      /max (block|expression) depth exceeded/,
    ],
  ];
  const list = Array.from({ length: 100 }, (_, index) => index);
  for (const [what, template, expected] of errors) {
    test(`that ${what}`, () => assert.match(renderError(template, list), expected));
  }
});
