import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnsafeValueError } from '../../src/errors/unsafe-value-error.ts';
import { renderEnvironment } from '../../src/shell/render-environment.ts';
import { SHELL_NAMES, type ShellName } from '../../src/shell/shell-name.ts';
import { hostileValues } from './hostile-values.ts';

function firstLine(shell: ShellName, value: string): string {
  const { text } = renderEnvironment({ shell, set: [['K', value]], unset: [], hint: { command: ['azdock'] } });
  return text.split('\n')[0] ?? '';
}

function hintLine(shell: ShellName, ...command: string[]): string | undefined {
  const { text } = renderEnvironment({ shell, set: [['K', '1']], unset: [], hint: { command } });
  return text.trimEnd().split('\n')[2];
}

describe('in every shell', () => {
  for (const shell of SHELL_NAMES) {
    test(`${shell} refuses values with control characters`, () => {
      const controls = ['a\nb', 'a\rb', 'a\0b', 'a\tb', '\u001b[2J', 'a\u007f', 'a\u0085b', 'a\u2028b', 'a\ud800b'];
      for (const value of controls) {
        assert.throws(() => firstLine(shell, value), UnsafeValueError, JSON.stringify(value));
      }
    });

    test(`${shell} refuses names that are no identifiers`, () => {
      const render = (change: { set: [string, string][]; unset: string[] }) => (): unknown =>
        renderEnvironment({ shell, ...change, hint: { command: ['azdock'] } });
      for (const name of ['', 'A B', '1A', 'A;reboot', 'A$(x)', 'A=B', 'É', 'A\n']) {
        assert.throws(render({ set: [[name, '1']], unset: [] }), UnsafeValueError, name);
        assert.throws(render({ set: [], unset: [name] }), UnsafeValueError, name);
      }
    });

    test(`${shell} leaves the hint out when the command cannot be shown on one line`, () => {
      const hint = { command: ['azdock', 'env', 'a\nreboot'] };
      const { text, aside } = renderEnvironment({ shell, set: [['K', '1']], unset: [], hint });
      assert.equal(text.split('\n').length, 2);
      assert.equal(aside, undefined);
    });
  }
});

test('beside what is set, sh and PowerShell are told that a variable is empty: to remove it would go wrong there', () => {
  const change = { set: [['A', '1']] as const, clear: ['B'], unset: ['C'], hint: { command: ['azdock'] } };
  const lines = (shell: ShellName) =>
    renderEnvironment({ shell, ...change })
      .text.split('\n')
      .slice(0, 3);
  assert.deepEqual(lines('powershell'), ['$Env:A = "1"', '$Env:B = ""', 'Remove-Item Env:\\\\C']);
  assert.deepEqual(lines('sh'), ['export A="1"', 'export B="";', 'unset C']);
  assert.deepEqual(lines('tcsh'), ['setenv A "1";', 'unsetenv B;', 'unsetenv C;']);
});

test('an error names the variable, the shell and the character', () => {
  assert.throws(() => firstLine('cmd', '50%'), {
    code: 'unsafe-value',
    resource: 'K',
    message: 'K cannot be set to 50% in cmd, which would take the % in it as its own',
  });
});

test('cmd refuses what it cannot quote, and quotes what acts in a batch file', () => {
  for (const value of ['a"b', '%PATH%', 'wow!']) assert.throws(() => firstLine('cmd', value), UnsafeValueError);
  assert.equal(firstLine('cmd', 'C:\\a b\\c'), 'SET K=C:\\a b\\c');
  assert.equal(firstLine('cmd', 'a & reboot'), 'SET "K=a & reboot"');
  assert.equal(firstLine('cmd', 'a^b|c<d>e'), 'SET "K=a^b|c<d>e"');
  assert.equal(firstLine('cmd', 'ends '), 'SET "K=ends "');
});

test('tcsh refuses braces, which it expands before it reads quotes', () => {
  for (const value of ['{a,b}', 'a{', '}']) assert.throws(() => firstLine('tcsh', value), UnsafeValueError);
});

test('PowerShell gets single quotes, and numbers for everything beyond ASCII, typographic quotes among it', () => {
  assert.equal(firstLine('powershell', '$(reboot)'), "$Env:K = '$(reboot)'");
  assert.equal(firstLine('powershell', 'it\'s `x` "y" $z'), "$Env:K = 'it''s `x` \"y\" $z'");
  assert.equal(
    firstLine('powershell', '\u2019; reboot; \u2018'),
    "$Env:K = ''+[char]0x2019+'; reboot; '+[char]0x2018+''",
  );
  assert.equal(firstLine('powershell', '\u{1F600}'), "$Env:K = ''+[char]0xd83d+''+[char]0xde00+''");
  assert.equal(firstLine('powershell', 'C:\\Users\\Jörg'), "$Env:K = 'C:\\Users\\J'+[char]0xf6+'rg'");
});

test('PowerShell reads back every hostile value, by the rules of its single-quoted strings', () => {
  for (const value of hostileValues({ braces: true, count: 200 })) {
    const source = firstLine('powershell', value).replace('$Env:K = ', '');
    assert.match(source, /^[ -~]*$/);
    assert.equal(source.startsWith('"') ? source.slice(1, -1) : readPowershell(source), value);
    if (source.startsWith('"')) assert.doesNotMatch(source.slice(1, -1), /["$`]/);
  }
});

/** Strings in single quotes and `[char]0x…`, joined by `+` (about_Quoting_Rules). */
function readPowershell(source: string): string {
  const parts = source.match(/'(?:[^']|'')*'|\[char\]0x[0-9a-f]+|\+/g) ?? [];
  assert.equal(parts.join(''), source);
  return parts
    .filter((part) => part !== '+')
    .map((part) =>
      part.startsWith("'") ? part.slice(1, -1).replaceAll("''", "'") : String.fromCharCode(Number(part.slice(6))),
    )
    .join('');
}

test('words of the hint are bare when they are ordinary, and quoted for the shell when not', () => {
  const words = ['azdock', '--storage-path=/home/u/s', 'env', 'a b'];
  assert.equal(hintLine('sh', ...words), '# eval $(azdock --storage-path=/home/u/s env a\\ b)');
  assert.equal(hintLine('fish', ...words), "# eval (azdock --storage-path=/home/u/s env 'a b')");
  assert.equal(hintLine('powershell', ...words), "# & azdock --storage-path=/home/u/s env 'a b' | Invoke-Expression");
  assert.equal(
    hintLine('powershell', 'C:\\Program Files\\azdock.exe'),
    "# & 'C:\\Program Files\\azdock.exe' | Invoke-Expression",
  );
  assert.equal(hintLine('powershell', 'azdock', 'é'), "# & azdock (''+[char]0xe9+'') | Invoke-Expression");
  assert.equal(hintLine('elvish', ...words), "# eval (azdock --storage-path=/home/u/s env 'a b' | slurp)");
});

test('cmd gets a second pair of quotes around a line that begins with a quote', () => {
  assert.equal(hintLine('cmd', 'azdock', 'a b'), 'REM \t@FOR /f "tokens=*" %i IN (\'azdock "a b"\') DO @%i');
  assert.equal(
    hintLine('cmd', 'C:\\Program Files\\azdock.exe', 'env'),
    'REM \t@FOR /f "tokens=*" %i IN (\'""C:\\Program Files\\azdock.exe" env"\') DO @%i',
  );
  assert.equal(hintLine('cmd', 'azdock', '%x%'), undefined);
});

test('Nushell gets data on one line, and the hint beside it', () => {
  const set: [string, string][] = [
    ['B', 'a"b'],
    ['A', '2'],
  ];
  const { text, aside } = renderEnvironment({
    shell: 'nushell',
    set,
    unset: ['C'],
    hint: { command: ['azdock', 'env'] },
  });
  assert.equal(text, '{"B":"a\\"b","A":"2","C":null}\n');
  assert.equal(aside, 'Run this command to configure your shell: \nazdock env | from json | load-env\n');
});
