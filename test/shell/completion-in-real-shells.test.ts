import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs } from '../skip.ts';
import { ShellWorld, type TypedShell } from './typed-shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'azdock-completion-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Debian's place for the bash-completion package. Its absence is the other half of the tests. */
const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';

const SHELLS: readonly (TypedShell & {
  readonly title: string;
  readonly wants: readonly (string | { readonly what: string; readonly met: boolean })[];
})[] = [
  {
    title: 'bash',
    program: 'bash',
    wants: ['bash'],
    settings: 'eval "$(azdock completion bash)"',
  },
  {
    title: 'bash with bash-completion',
    program: 'bash',
    wants: ['bash', { what: 'bash-completion', met: existsSync(BASH_COMPLETION) }],
    settings: `. ${BASH_COMPLETION}\neval "$(azdock init bash)"`,
  },
  {
    title: 'bash whose words do not end at = and :',
    program: 'bash',
    wants: ['bash'],
    settings: `COMP_WORDBREAKS=$' \\t\\n"><;|&('\neval "$(azdock init bash)"`,
  },
  {
    title: 'zsh',
    program: 'zsh',
    wants: ['zsh'],
    settings: 'autoload -Uz compinit; compinit -u; bindkey -e\neval "$(azdock completion zsh)"',
  },
  {
    title: 'zsh that starts its completion last',
    program: 'zsh',
    wants: ['zsh'],
    settings: 'eval "$(azdock init zsh)"\nbindkey -e; autoload -Uz compinit; compinit -u',
  },
  {
    title: 'zsh that finds the script as a file',
    program: 'zsh',
    wants: ['zsh'],
    settings:
      'mkdir ~/own; azdock completion zsh > ~/own/_azdock; fpath=(~/own $fpath)\nbindkey -e; autoload -Uz compinit; compinit -u',
  },
  { title: 'fish', program: 'fish', wants: ['fish'], settings: 'azdock init fish | source' },
];

/** What is typed, and the words that stand there after it. */
const CASES: readonly (readonly [typed: string, expected: readonly string[]])[] = [
  ['azdock insp\t', ['azdock', 'inspect']],
  ['azdock ip d\t', ['azdock', 'ip', 'dev']],
  ['azdock ip dev s\t', ['azdock', 'ip', 'dev', 'staging']],
  ['azdock rm b\t', ['azdock', 'rm', 'broken']],
  ['azdock sandbox jou\t', ['azdock', 'sandbox', 'journal']],
  ['azdock ls --fil\tname=x', ['azdock', 'ls', '--filter', 'name=x']],
  ['azdock ls --filter state=Run\t', ['azdock', 'ls', '--filter', 'state=Running']],
  ['azdock ls --filter=state=Run\t', ['azdock', 'ls', '--filter=state=Running']],
  ['azdock ls --filter lab\tx', ['azdock', 'ls', '--filter', 'label=x']],
  ['azdock create --azure-login=dev\t', ['azdock', 'create', '--azure-login=device-code']],
  ['azdock create --compose comp\t', ['azdock', 'create', '--compose', 'compose.yaml']],
  ['azdock -s odd\tx', ['azdock', '-s', 'odd store/x']],
  ['azdock -s "odd store" ip o\t', ['azdock', '-s', 'odd store', 'ip', 'other']],
  ['azdock ip nothing\t', ['azdock', 'ip', 'nothing']],
  ['docker-machine ip sta\t', ['docker-machine', 'ip', 'staging']],
];

for (const { title, wants, ...shell } of SHELLS) {
  describe(title, needs('script', ...wants), () => {
    const world = new ShellWorld(join(folder, title.replaceAll(/\W/g, '-')));

    before(() => {
      for (const name of ['dev', 'staging']) world.addMachine(name);
      world.addMachine('broken', 'failed');
      symlinkSync(world.program('azdock'), world.program('docker-machine'));
      // Typed in front of the finished line, it writes down the words.
      world.addRecorder('seen');
      mkdirSync(join(world.home, 'odd store', 'machines', 'other'), { recursive: true });
      writeFileSync(join(world.home, 'oddly.txt'), '');
      writeFileSync(join(world.home, 'compose.yaml'), '');
      writeFileSync(join(world.home, 'nothing.txt'), '');
    });

    test('completes verbs, flags, machines, values and files', async () => {
      const shown = await world.type(
        shell,
        CASES.map(([typed]) => `${typed}\u0001seen \r`),
      );
      assert.deepEqual(
        world.seen(),
        CASES.map(([, expected]) => expected),
        shown,
      );
    });
  });
}
