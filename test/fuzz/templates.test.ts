import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, constantFrom, oneof, record, string, tuple } from 'fast-check';
import { formatRecord } from '../../src/cli/inspect-format.ts';
import { formatMachines } from '../../src/cli/machine-format.ts';
import { parseFilters, passesRecord } from '../../src/cli/filter.ts';
import type { MachineRow } from '../../src/machine/machine-row.ts';
import { fuzz } from './fuzz.ts';
import { brokenText, hostileJson, hostileText } from './hostile.ts';
import { inTime, orRefusal } from './judge.ts';

/** Longest that one of these may take: bounds are there so that none takes minutes. */
const MOST_MS = 5_000;
/** What `limits.ts` allows, in UTF-16 units, and a line feed. */
const MOST_TEXT = 16 * 2 ** 20 + 1;

const word = oneof(
  constantFrom(
    ...[
      '{{',
      '}}',
      '{{-',
      '-}}',
      '(',
      ')',
      '|',
      '.',
      '.Name',
      '.Driver.IPAddress',
      '.constructor',
      '.__proto__',
      '$',
      '$x',
      ':=',
      '=',
      ',',
    ],
    ...[
      'if',
      'else',
      'end',
      'range',
      'with',
      'define',
      'template',
      'block',
      'break',
      'continue',
      '/*',
      '*/',
      '"',
      '`',
      "'",
      '\\n',
    ],
    ...[
      'and',
      'or',
      'not',
      'len',
      'index',
      'slice',
      'print',
      'printf',
      'println',
      'html',
      'js',
      'urlquery',
      'call',
      'eq',
      'lt',
      'json',
      'prettyjson',
    ],
    ...[
      '"%s"',
      '"%999999999d"',
      '"%*d"',
      '"%[9]x"',
      '"%!"',
      '"%+q"',
      '0',
      '-1',
      '1e9',
      '0x10',
      '99999999999999999999',
      'nil',
      'true',
      '1i',
      "'x'",
    ],
  ),
  hostileText,
);
const templates = oneof(
  array(word, { maxLength: 25 }).map((words) => words.join(' ')),
  array(word, { maxLength: 12 }).map((words) => `{{ ${words.join(' ')} }}`),
  brokenText(
    constantFrom(
      '{{range $k, $v := .Driver}}{{$k}}={{$v}} {{else}}none{{end}}',
      '{{if and (eq .Name "dev") (gt (len .Driver.IPAddress) 3)}}{{printf "%-20s|%5d" .Name 7}}{{end}}',
      '{{define "a"}}{{.}}{{end}}{{template "a" .Driver}}',
      '{{with $x := .HostOptions}}{{json $x.EngineOptions}}{{end}}',
      'table {{.Name}}\t{{.URL}}\t{{slice .State 1 2}}',
    ),
  ),
);

/** What would grow without end, or is nested so deep that a stack ends. */
const GROWING = [
  '{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}',
  '{{define "a"}}{{template "a" .}}{{template "a" .}}{{end}}{{template "a" .}}',
  '{{define "a"}}{{.}}{{.}}{{end}}{{$x := printf "%9999d" 1}}{{range .Many}}{{range $.Many}}{{range $.Many}}{{range $.Many}}{{$x}}{{end}}{{end}}{{end}}{{end}}',
  '{{$x := "aaaaaaaaaaaaaaaa"}}{{range .Many}}{{$x = print $x $x}}{{end}}{{$x}}',
  '{{$x := "a<"}}{{range .Many}}{{$x = html (print $x $x)}}{{end}}{{len $x}}',
  '{{range .Many}}{{range $.Many}}{{range $.Many}}{{range $.Many}}{{range $.Many}}{{range $.Many}}{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}',
  '{{'.repeat(100_000),
  `{{${'('.repeat(100_000)}`,
  `{{${'(print '.repeat(5_000)}1${')'.repeat(5_000)}}}`,
  '{{if .Name}}'.repeat(50_000),
  `{{print ${'"a" '.repeat(200_000)}}}`,
  `{{.Name${' | print'.repeat(100_000)}}}`,
  `{{${'.Name'.repeat(100_000)}}}`,
  `{{/*${'*'.repeat(1_000_000)}*/}}`,
  `{{printf "${'%9999d'.repeat(20_000)}"${' 1'.repeat(20_000)}}}`,
];

const many = Array.from({ length: 40 }, (_, at) => at);
const row: MachineRow = {
  name: 'dev',
  record: undefined,
  driverName: 'azure',
  state: 'Running',
  isActive: false,
  url: 'tcp://10.0.0.4:2376',
  swarm: '',
  dockerVersion: 'v28.2.2',
  error: '',
  responseTimeMs: 12,
};

describe('a Go template', () => {
  fuzz(
    'of inspect is done in time, or refused in Go’s words, whatever is in it and in the record',
    tuple(templates, oneof(hostileJson, constantFrom({}))),
    async ([template, extra]) => {
      const data = JSON.stringify({
        Name: 'dev',
        Driver: { IPAddress: '10.0.0.4', Extra: extra },
        HostOptions: {},
        Many: many,
      });
      const text = await inTime(MOST_MS, () => orRefusal(() => formatRecord(template, data)));
      assert.ok((text ?? '').length <= MOST_TEXT);
    },
    { runs: 1_500 },
  );

  for (const template of GROWING) {
    it(`has bounds: ${template.slice(0, 60)}`, async () => {
      const data = JSON.stringify({ Name: 'dev', Many: many });
      const text = await inTime(MOST_MS, () => orRefusal(() => formatRecord(template, data)));
      assert.ok((text ?? '').length <= MOST_TEXT);
    });
  }

  fuzz(
    'of ls is, too',
    templates,
    async (template) => {
      const text = await inTime(MOST_MS, () => orRefusal(() => formatMachines(template, [row])));
      assert.ok((text ?? '').length <= 2 * MOST_TEXT);
    },
    { runs: 500 },
  );
});

describe('a filter', () => {
  const pattern = oneof(
    hostileText,
    string({ unit: constantFrom(...'ab.*+?()[]{}|\\^$1-,:=<>!PQEdwsAzi_'), maxLength: 24 }),
    constantFrom(
      '(a+)+$',
      '(a|a)*$',
      '(a|aa)+$',
      '([a-zA-Z0-9]+)*!',
      '(.*)*x',
      '((a*)*)*b',
      '(?i)(a+)+b',
      '[[:constructor:]]',
      'a{1,1000}{1,1000}',
      '(a{1,1000}){1,1000}',
      '((a{1000}){1000}){1000}',
      'a{1000000000}',
      '[[:__proto__:]]',
    ),
  );
  const filter = oneof(
    tuple(
      oneof(constantFrom('driver', 'state', 'swarm', 'label', 'NAME'), hostileText),
      oneof(constantFrom('=', '', '=='), hostileText),
      hostileText,
    ).map((parts) => parts.join('')),
    pattern.map((text) => `name=${text}`),
  );
  const machine = record({
    name: oneof(constantFrom('a'.repeat(255), `${'a'.repeat(62)}!`, 'dev'), hostileText),
    driver: hostileText,
    swarm: hostileText,
    labels: array(hostileText, { maxLength: 3 }),
  });

  fuzz(
    'says yes or no in time, or is refused',
    tuple(array(filter, { maxLength: 3 }), machine),
    async ([filters, found]) => {
      const answer = await inTime(MOST_MS, () => orRefusal(() => passesRecord(parseFilters(filters), found)));
      assert.ok(['boolean', 'undefined'].includes(typeof answer));
    },
    { runs: 1_000 },
  );
});
