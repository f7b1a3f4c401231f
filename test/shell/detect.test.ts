import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import type { Ancestor } from '../../src/shell/ancestor.ts';
import { type DetectedShell, detectShell } from '../../src/shell/detect.ts';
import type { ShellName } from '../../src/shell/shell-name.ts';
import { needs } from '../skip.ts';
import { REAL_SHELLS } from './real-shells.ts';

/** Ancestors from their command lines, the parent first. */
function chain(...lines: string[][]): () => Ancestor[] {
  return () => lines.map((argv) => ({ name: (argv[0] ?? '').replace(/^.*[\\/]/, ''), argv }));
}

const neverAsked = (): never => {
  throw new Error('the processes were asked for');
};

function detect(inputs: Partial<Parameters<typeof detectShell>[0]>): DetectedShell {
  return detectShell({ requested: undefined, environment: {}, platform: 'linux', ancestors: chain(), ...inputs });
}

test('the flag decides before everything else', () => {
  const environment = { AZDOCK_SHELL: 'fish', SHELL: '/bin/tcsh' };
  assert.deepEqual(detect({ requested: 'emacs', environment, ancestors: neverAsked }), { shell: 'emacs', how: 'flag' });
});

test('the flag takes programs by every usual name', () => {
  const names = {
    bash: 'sh',
    zsh: 'sh',
    '/bin/dash': 'sh',
    pwsh: 'powershell',
    PowerShell: 'powershell',
    csh: 'tcsh',
    nu: 'nushell',
    'C:\\x\\pwsh.EXE': 'powershell',
    CMD: 'cmd',
  };
  for (const [requested, shell] of Object.entries(names)) assert.equal(detect({ requested }).shell, shell, requested);
});

test('an unknown shell in the flag or in AZDOCK_SHELL is an error of usage that names the known ones', () => {
  assert.throws(
    () => detect({ requested: 'pwhs' }),
    (error) => error instanceof UsageError && /--shell.*"pwhs".*powershell/.test(error.message),
  );
  assert.throws(
    () => detect({ environment: { AZDOCK_SHELL: 'x' } }),
    (error) => error instanceof UsageError && error.message.startsWith('AZDOCK_SHELL'),
  );
});

test('AZDOCK_SHELL decides before the processes are asked', () => {
  const detected = detect({ environment: { AZDOCK_SHELL: 'nu' }, ancestors: neverAsked });
  assert.deepEqual(detected, { shell: 'nushell', how: 'AZDOCK_SHELL' });
});

test('the nearest shell above decides, over variables that an outer shell left behind', () => {
  const environment = { NU_VERSION: '0.115.1', XONSH_VERSION: '1', SHELL: '/usr/bin/fish' };
  assert.deepEqual(detect({ environment, ancestors: chain(['-bash'], ['nu']) }), { shell: 'sh', how: 'parent' });
});

test('programs between us and the shell are skipped', () => {
  const lines = [
    ['sudo', 'azdock', 'env'],
    ['/usr/bin/env', 'x'],
    ['node', '/x/run.js'],
    ['make'],
    ['/usr/bin/fish', '-l'],
  ];
  assert.equal(detect({ ancestors: chain(...lines) }).shell, 'fish');
});

test('a script is told by its interpreter, and not by its name', () => {
  assert.equal(detect({ ancestors: () => [{ name: 'fish', argv: ['/bin/bash', './fish'] }] }).shell, 'sh');
  assert.equal(detect({ ancestors: chain(['/usr/bin/python3.13', '-u', '/usr/local/bin/xonsh']) }).shell, 'xonsh');
});

describe('a shell that a package runner puts between', () => {
  const npx = ['npm exec azdock env'];
  test('is skipped when it only starts us', () => {
    assert.equal(detect({ ancestors: chain(['sh', '-c', "'azdock' env dev"], npx, ['fish']) }).shell, 'fish');
    assert.equal(
      detect({ ancestors: chain(['sh', '-c', '/x/node_modules/.bin/azdock "env" "dev"'], npx, ['fish']) }).shell,
      'fish',
    );
    const windows = chain(
      ['cmd.exe', '/d', '/s', '/c', '"azdock', 'env"'],
      ['node.exe', 'C:\\n\\npx-cli.js'],
      ['pwsh.exe'],
    );
    assert.equal(detect({ platform: 'win32', ancestors: windows }).shell, 'powershell');
  });

  test('counts when it evaluates what we print', () => {
    const script = ['sh', '-c', 'eval "$(azdock env dev)" && docker ps'];
    assert.equal(detect({ ancestors: chain(script, ['npm run ps'], ['fish']) }).shell, 'sh');
  });

  test('counts when nobody but the user started it', () => {
    assert.equal(detect({ ancestors: chain(['bash', '-c', 'azdock env dev'], ['fish']) }).shell, 'sh');
  });

  test('counts when no other shell is above', () => {
    assert.equal(detect({ ancestors: chain(['sh', '-c', 'azdock env'], npx) }).shell, 'sh');
  });
});

test('variables of a shell decide when the processes tell nothing', () => {
  assert.deepEqual(detect({ environment: { NU_VERSION: '1' } }), { shell: 'nushell', how: 'marker' });
  assert.deepEqual(detect({ environment: { XONSH_VERSION: '1' } }), { shell: 'xonsh', how: 'marker' });
});

test('on Windows the variables decide first, because asking for processes is slow', () => {
  const environment = { MSYSTEM: 'MINGW64' };
  assert.deepEqual(detect({ platform: 'win32', environment, ancestors: neverAsked }), { shell: 'sh', how: 'marker' });
});

test('SHELL decides when the processes tell nothing, but never on Windows', () => {
  const environment = { SHELL: '/usr/bin/fish' };
  assert.deepEqual(detect({ environment }), { shell: 'fish', how: 'SHELL' });
  assert.equal(detect({ platform: 'win32', environment }).how, 'default');
});

test('without any sign the default is taken, and said in a notice', () => {
  assert.deepEqual(detect({}), {
    shell: 'sh',
    how: 'default',
    notice: 'Your shell could not be found out; these lines are for sh (choose with --shell)',
  });
  assert.equal(detect({ platform: 'win32' }).shell, 'powershell');
  assert.match(detect({ environment: { SHELL: '/usr/bin/rc' } }).notice ?? '', /SHELL is \/usr\/bin\/rc/);
});

test('what whole systems have set is no sign', () => {
  const environment = { PSModulePath: 'C:\\x', WSLENV: 'a', COMSPEC: 'C:\\cmd.exe', INSIDE_EMACS: '28,comint' };
  assert.equal(detect({ environment }).how, 'default');
});

describe('in a real shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-detect-'));
  after(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'detect.ts');
  const source = (name: string): string => JSON.stringify(join(import.meta.dirname, '../../src/shell', name));
  writeFileSync(
    program,
    `import { detectShell } from ${source('detect.ts')};
     import { systemAncestors } from ${source('system-ancestors.ts')};
     const { platform, ppid } = process;
     const ancestors = systemAncestors(platform, ppid);
     console.log(JSON.stringify(detectShell({ requested: undefined, environment: {}, platform, ancestors })));`,
  );

  for (const shell of REAL_SHELLS) {
    if (shell.name === 'emacs') continue;
    test(`${shell.program} is found above us`, needs(shell.program), () => {
      const quoted = `'${process.execPath}' '${program}'`;
      const lines: Partial<Record<ShellName, string>> = {
        nushell: `^${quoted}`,
        powershell: `& ${quoted}`,
        xonsh: quoted.replaceAll("'", ''),
      };
      // A second command keeps shells from handing their process over to the first.
      const script = `${lines[shell.name] ?? quoted}\necho end`;
      const { stdout, stderr } = spawnSync(shell.program, shell.run(script), { encoding: 'utf8' });
      assert.equal(stdout.split('\n')[0], `{"shell":"${shell.name}","how":"parent"}`, stderr);
    });
  }
});
