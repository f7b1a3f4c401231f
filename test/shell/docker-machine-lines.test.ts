import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderEnvironment } from '../../src/shell/render-environment.ts';
import type { ShellName } from '../../src/shell/shell-name.ts';

// What docker-machine 0.16 prints for such a machine, with the program's own name (docker/machine:commands/env.go).
const SET: readonly [string, string][] = [
  ['DOCKER_TLS_VERIFY', '1'],
  ['DOCKER_HOST', 'tcp://127.0.0.1:23760'],
  ['DOCKER_CERT_PATH', '/home/u/.docker/machine/machines/m3'],
  ['DOCKER_MACHINE_NAME', 'm3'],
];
const UNSET = ['DOCKER_TLS_VERIFY', 'DOCKER_HOST'];
const HINT = 'Run this command to configure your shell: ';

const EXPECTED: readonly { shell: ShellName; set: string[]; unset: string[] }[] = [
  {
    shell: 'sh',
    set: [
      'export DOCKER_TLS_VERIFY="1"',
      'export DOCKER_HOST="tcp://127.0.0.1:23760"',
      'export DOCKER_CERT_PATH="/home/u/.docker/machine/machines/m3"',
      'export DOCKER_MACHINE_NAME="m3"',
      `# ${HINT}`,
      '# eval $(docker-machine env m3)',
    ],
    unset: ['unset DOCKER_TLS_VERIFY', 'unset DOCKER_HOST', `# ${HINT}`, '# eval $(docker-machine env -u)'],
  },
  {
    shell: 'fish',
    set: [
      'set -gx DOCKER_TLS_VERIFY "1";',
      'set -gx DOCKER_HOST "tcp://127.0.0.1:23760";',
      'set -gx DOCKER_CERT_PATH "/home/u/.docker/machine/machines/m3";',
      'set -gx DOCKER_MACHINE_NAME "m3";',
      `# ${HINT}`,
      '# eval (docker-machine env m3)',
    ],
    unset: ['set -e DOCKER_TLS_VERIFY;', 'set -e DOCKER_HOST;', `# ${HINT}`, '# eval (docker-machine env -u)'],
  },
  {
    shell: 'cmd',
    set: [
      'SET DOCKER_TLS_VERIFY=1',
      'SET DOCKER_HOST=tcp://127.0.0.1:23760',
      'SET DOCKER_CERT_PATH=/home/u/.docker/machine/machines/m3',
      'SET DOCKER_MACHINE_NAME=m3',
      `REM ${HINT}`,
      'REM \t@FOR /f "tokens=*" %i IN (\'docker-machine env m3\') DO @%i',
    ],
    unset: [
      'SET DOCKER_TLS_VERIFY=',
      'SET DOCKER_HOST=',
      `REM ${HINT}`,
      'REM \t@FOR /f "tokens=*" %i IN (\'docker-machine env -u\') DO @%i',
    ],
  },
  {
    shell: 'powershell',
    set: [
      '$Env:DOCKER_TLS_VERIFY = "1"',
      '$Env:DOCKER_HOST = "tcp://127.0.0.1:23760"',
      '$Env:DOCKER_CERT_PATH = "/home/u/.docker/machine/machines/m3"',
      '$Env:DOCKER_MACHINE_NAME = "m3"',
      `# ${HINT}`,
      '# & docker-machine env m3 | Invoke-Expression',
    ],
    unset: [
      'Remove-Item Env:\\\\DOCKER_TLS_VERIFY',
      'Remove-Item Env:\\\\DOCKER_HOST',
      `# ${HINT}`,
      '# & docker-machine env -u | Invoke-Expression',
    ],
  },
  {
    shell: 'tcsh',
    set: [
      'setenv DOCKER_TLS_VERIFY "1";',
      'setenv DOCKER_HOST "tcp://127.0.0.1:23760";',
      'setenv DOCKER_CERT_PATH "/home/u/.docker/machine/machines/m3";',
      'setenv DOCKER_MACHINE_NAME "m3";',
      `: ${HINT}`,
      ': eval `docker-machine env m3`',
    ],
    unset: ['unsetenv DOCKER_TLS_VERIFY;', 'unsetenv DOCKER_HOST;', `: ${HINT}`, ': eval `docker-machine env -u`'],
  },
  {
    shell: 'emacs',
    set: [
      '(setenv "DOCKER_TLS_VERIFY" "1")',
      '(setenv "DOCKER_HOST" "tcp://127.0.0.1:23760")',
      '(setenv "DOCKER_CERT_PATH" "/home/u/.docker/machine/machines/m3")',
      '(setenv "DOCKER_MACHINE_NAME" "m3")',
      `;; ${HINT}`,
      ';; (with-temp-buffer (shell-command "docker-machine env m3" (current-buffer)) (eval-buffer))',
    ],
    unset: [
      '(setenv "DOCKER_TLS_VERIFY" nil)',
      '(setenv "DOCKER_HOST" nil)',
      `;; ${HINT}`,
      ';; (with-temp-buffer (shell-command "docker-machine env -u" (current-buffer)) (eval-buffer))',
    ],
  },
];

for (const { shell, set, unset } of EXPECTED) {
  test(`${shell}: lines for ordinary values are docker-machine's, byte for byte`, () => {
    const hint = { command: ['docker-machine', 'env', 'm3'] };
    assert.equal(renderEnvironment({ shell, set: SET, unset: [], hint }).text, `${set.join('\n')}\n`);
  });

  test(`${shell}: lines that unset are docker-machine's, byte for byte`, () => {
    const hint = { command: ['docker-machine', 'env', '-u'] };
    assert.equal(renderEnvironment({ shell, set: [], unset: UNSET, hint }).text, `${unset.join('\n')}\n`);
  });
}

test("a folder with a blank, as many have, still gets docker-machine's double quotes", () => {
  const set: [string, string][] = [['P', "/home/jörg o'brien/(x86)/m"]];
  const lines = (shell: ShellName): string =>
    renderEnvironment({ shell, set, unset: [], hint: { command: ['azdock'] } }).text.split('\n')[0] ?? '';
  assert.equal(lines('sh'), 'export P="/home/jörg o\'brien/(x86)/m"');
  assert.equal(lines('fish'), 'set -gx P "/home/jörg o\'brien/(x86)/m";');
  assert.equal(lines('cmd'), "SET P=/home/jörg o'brien/(x86)/m");
  assert.equal(lines('emacs'), '(setenv "P" "/home/jörg o\'brien/(x86)/m")');
});
