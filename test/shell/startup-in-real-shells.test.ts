import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { addMachine, azureKeys } from '../machine/store-fixture.ts';
import { needs } from '../skip.ts';
import { ShellWorld, type TypedShell } from './typed-shell.ts';

const ODD = "it's $(touch pwned) `touch pwned` & \\ dir";

const POSIX_REPORT = `seen "$?" "\${DOCKER_HOST-}" "\${DOCKER_MACHINE_NAME-}" "$(azdock_prompt)"\r`;

/** How a shell loads the script of a program with that path, and says what has become of its variables and the exit code. */
const SHELLS: readonly {
  readonly program: TypedShell['program'];
  readonly load: (path: string) => string;
  readonly report: string;
}[] = [
  {
    program: 'bash',
    load: (path) => `set -u; eval "$(${posix(path)} init bash)"; PROMPT_COMMAND='azdock_prompt >/dev/null'`,
    report: POSIX_REPORT,
  },
  {
    program: 'zsh',
    load: (path) => `bindkey -e; autoload -Uz compinit; compinit -u; setopt nounset; eval "$(${posix(path)} init zsh)"`,
    report: POSIX_REPORT,
  },
  {
    program: 'fish',
    load: (path) => `'${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}' init fish | source`,
    report: 'seen "$status" "$DOCKER_HOST" "$DOCKER_MACHINE_NAME" (azdock_prompt | string collect -a)\r',
  },
];

for (const { program, load, report } of SHELLS) {
  test(
    `${program} points itself at a machine and back, whatever the program's path`,
    needs('script', program),
    async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'azdock-startup-'));
      context.after(() => rmSync(folder, { recursive: true, force: true }));
      const world = new ShellWorld(folder, ODD);
      const engine = await startEngine(context, await serverCertificate());
      addMachine(join(folder, 'store'), 'dev', 'azure', azureKeys('127.0.0.1', engine.port));
      world.addRecorder('seen');

      const shown = await world.type({ program, settings: load(world.program('azdock')) }, [
        'azdock use dev\r',
        report,
        'azdock use nobody\r',
        report,
        'azdock use --help | head -1\r',
        'azdock use -u\r',
        report,
        'azdock exec dev\r',
        report,
        'azdock ip d\t\u0001seen \r',
      ]);

      const url = `tcp://127.0.0.1:${engine.port}`;
      assert.deepEqual(
        world.seen(),
        [
          ['0', url, 'dev', '[dev] '],
          ['4', url, 'dev', '[dev] '],
          ['0', '', '', ''],
          ['2', '', '', ''],
          ['azdock', 'ip', 'dev'],
        ],
        shown,
      );
      assert.match(shown, /Docker machine "nobody" does not exist/);
      assert.match(shown, /^Point this shell at a machine/m);
      assert.equal(existsSync(join(world.home, 'pwned')), false);
    },
  );
}

/** The exit code of the command before. */
const STATUS = { bash: '$?', zsh: '$?', fish: '$status' };

const LINES = {
  bash: 'put this line into ~/.bashrc:  eval "$(azdock init bash)"',
  zsh: 'put this line into ~/.zshrc:  eval "$(azdock init zsh)"',
  fish: 'put this line into ~/.config/fish/config.fish:  azdock init fish | source',
};

for (const { program } of SHELLS) {
  test(
    `${program} without the function is told what to put into its start-up file`,
    needs(program),
    async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'azdock-startup-'));
      context.after(() => rmSync(folder, { recursive: true, force: true }));
      const { env, home } = new ShellWorld(folder);
      // The shell must not replace itself by the program: azdock looks for it above itself.
      const { status, stdout, stderr } = spawnSync(program, ['-c', `azdock use dev; exit ${STATUS[program]}`], {
        env: { ...env, SHELL: '/bin/other', NO_COLOR: '1' },
        cwd: home,
        encoding: 'utf8',
      });
      assert.deepEqual(
        { status, stdout, stderr },
        { status: 2, stdout: '', stderr: `\`azdock use\` is a function of the shell: ${LINES[program]}\n` },
      );
    },
  );
}

function posix(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
