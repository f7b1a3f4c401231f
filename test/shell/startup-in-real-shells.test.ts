import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { addMachine, azureKeys } from '../machine/store-fixture.ts';
import { needs } from '../skip.ts';
import { ShellWorld, type TypedShell } from './typed-shell.ts';

const ODD = "it's $(touch pwned) `touch pwned` & \\ dir";

/** How a shell loads the script of a program with that path, and says what has become of its variables and the exit code. */
const SHELLS: readonly {
  readonly program: TypedShell['program'];
  readonly load: (path: string) => string;
  readonly report: string;
}[] = [
  {
    program: 'bash',
    load: (path) => `set -u; eval "$(${posix(path)} init bash)"; PROMPT_COMMAND='azdock_prompt >/dev/null'`,
    report: 'seen "$?" "${DOCKER_HOST-}" "${DOCKER_MACHINE_NAME-}" "$(azdock_prompt)"\r',
  },
  {
    program: 'zsh',
    load: (path) => `bindkey -e; autoload -Uz compinit; compinit -u; setopt nounset; eval "$(${posix(path)} init zsh)"`,
    report: 'seen "$?" "${DOCKER_HOST-}" "${DOCKER_MACHINE_NAME-}" "$(azdock_prompt)"\r',
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

function posix(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
