import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { renderEnvironment } from '../../src/shell/render-environment.ts';
import { needs } from '../skip.ts';
import { hostileValues } from './hostile-values.ts';
import { REAL_SHELLS, type RealShell } from './real-shells.ts';

const folder = mkdtempSync(join(tmpdir(), 'azdock-shell-'));
after(() => rmSync(folder, { recursive: true }));

// Stands for azdock: prints what `renderEnvironment` gave, and notes the arguments that the shell called it with.
writeFileSync(
  join(folder, 'azdock'),
  '#!/bin/sh\nfor word; do printf "%s\\0" "$word" >> "$AZDOCK_TEST/words"; done\ncat "$AZDOCK_TEST/text"\n',
  { mode: 0o755 },
);
// Files that patterns would find, and that would run something if they were pasted.
for (const name of [
  'a',
  'b',
  'ab',
  'x.txt',
  '"; touch pwned; "',
  "'; touch pwned; '",
  '$(touch pwned)',
  '; touch pwned ;',
]) {
  writeFileSync(join(folder, name), '');
}

/** The hint's last line without the comment that it stands in: what a user would paste. */
function applyLine(text: string, aside: string | undefined): string {
  const line = (aside ?? text).trimEnd().split('\n').at(-1) ?? '';
  return aside === undefined ? line.replace(/^(#|:|;;) /, '') : line;
}

interface Outcome {
  readonly environment: Map<string, string>;
  readonly words: string[];
}

/** Runs `line` in the shell and reads back which variables a program started from there would see. */
function apply(shell: RealShell, line: string, text: string, preset: Record<string, string>): Outcome {
  writeFileSync(join(folder, 'text'), text);
  for (const file of ['words', 'dump']) rmSync(join(folder, file), { force: true });
  const result = spawnSync(shell.program, shell.run(`${line}\n${shell.dump('dump')}`), {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: [folder, process.env['PATH']].join(delimiter),
      HOME: folder,
      LANG: 'C.UTF-8',
      AZDOCK_TEST: folder,
      ...preset,
    },
  });
  assert.equal(result.status, 0, `${shell.program}: ${result.stderr}\n${line}`);
  const entries = readFileSync(join(folder, 'dump'), 'utf8').split('\0');
  const environment = new Map(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
  const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1);
  return { environment, words };
}

for (const shell of REAL_SHELLS) {
  describe(shell.program, needs(shell.program), () => {
    const values = hostileValues({ braces: shell.braces, count: 80 });
    // xonsh and fish treat variables whose names end in PATH as lists.
    const set = values.flatMap((value, index): [string, string][] => [
      [`V${index}`, value],
      [`V${index}_PATH`, value],
    ]);

    test('takes every hostile value as it is, and runs nothing', () => {
      const hint = { command: ['azdock', 'env', 'dev'] };
      const { text, aside } = renderEnvironment({ shell: shell.name, set, unset: [], hint });
      const { environment } = apply(shell, applyLine(text, aside), text, {});
      for (const [name, value] of set) assert.equal(environment.get(name), value, `${name}: ${JSON.stringify(value)}`);
      assert.equal(existsSync(join(folder, 'pwned')), false);
    });

    test('runs the hint with hostile words as they are', () => {
      // A hint that cannot be carried is left out; here the words are asked for that can.
      const hintFor = (words: readonly string[]): { text: string; line: string } => {
        const hint = { command: ['azdock', ...words] };
        const { text, aside } = renderEnvironment({ shell: shell.name, set: [['A', '1']], unset: [], hint });
        return { text, line: applyLine(text, aside) };
      };
      const all = hostileValues({ braces: shell.braces, count: 0 });
      const words = all.filter((word) => hintFor([word]).line.includes('azdock'));
      assert.ok(words.length >= 20, `only ${words.length} of ${all.length} words have a hint`);

      const { text, line } = hintFor(words);
      const outcome = apply(shell, line, text, {});
      // tcsh has no comments in what it evaluates, and so calls the command of the hint once more.
      assert.deepEqual(outcome.words.slice(0, words.length), words);
      assert.equal(outcome.environment.get('A'), '1');
      assert.equal(existsSync(join(folder, 'pwned')), false);
    });

    test('takes what another machine has left for nothing, beside what it sets', () => {
      const command = ['azdock', 'env', 'dev'];
      const clear = ['DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];
      const set: [string, string][] = [['DOCKER_HOST', 'unix:///a b/docker.sock']];
      const { text, aside } = renderEnvironment({ shell: shell.name, set, clear, unset: [], hint: { command } });
      const line = applyLine(text, aside);
      for (const preset of [{ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/x' }, {}]) {
        const { environment } = apply(shell, line, text, preset);
        assert.equal(environment.get('DOCKER_HOST'), 'unix:///a b/docker.sock');
        for (const name of clear) assert.equal(environment.get(name) ?? '', '', name);
      }
    });

    test('forgets variables, also those that are not set', () => {
      const command = ['azdock', 'env', '-u'];
      const unset = ['DOCKER_HOST', 'DOCKER_CERT_PATH', 'DOCKER_MACHINE_NAME'];
      const { text, aside } = renderEnvironment({ shell: shell.name, set: [], unset, hint: { command } });
      const preset = { DOCKER_HOST: 'tcp://1.2.3.4:2376', DOCKER_CERT_PATH: '/x', KEPT: 'yes' };
      const { environment } = apply(shell, applyLine(text, aside), text, preset);
      assert.deepEqual(
        unset.filter((name) => environment.has(name)),
        [],
      );
      assert.equal(environment.get('KEPT'), 'yes');
    });

    test('forgets variables beside those that it sets', () => {
      const command = ['azdock', 'env', '-u', '--no-proxy'];
      const unset = ['DOCKER_HOST', 'DOCKER_CERT_PATH'];
      const set: [string, string][] = [
        ['FTP_PROXY', 'a b,c'],
        ['NO_PROXY', 'localhost,.corp'],
      ];
      const { text, aside } = renderEnvironment({ shell: shell.name, set, unset, hint: { command } });
      const preset = { DOCKER_HOST: 'tcp://1.2.3.4:2376', DOCKER_CERT_PATH: '/x', NO_PROXY: 'localhost,1.2.3.4,.corp' };
      const { environment } = apply(shell, applyLine(text, aside), text, preset);
      for (const [name, value] of set) assert.equal(environment.get(name), value);
      assert.deepEqual(
        unset.filter((name) => environment.has(name)),
        [],
      );
    });
  });
}

for (const program of ['bash', 'dash', 'zsh', 'mksh', 'ksh93']) {
  test(`${program} takes the values also from a quoted command substitution`, needs(program), () => {
    const shell = REAL_SHELLS.find((candidate) => candidate.program === program);
    assert.ok(shell);
    const values = hostileValues({ braces: true, count: 80 });
    const set = values.map((value, index): [string, string] => [`V${index}`, value]);
    const { text } = renderEnvironment({ shell: 'sh', set, unset: [], hint: { command: ['azdock', 'env'] } });
    const { environment } = apply(shell, 'eval "$(azdock env)"', text, {});
    for (const [name, value] of set) assert.equal(environment.get(name), value);
  });
}
