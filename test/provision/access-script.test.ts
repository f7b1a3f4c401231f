import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import {
  accessScript,
  forgetKeyScript,
  joinScript,
  leaveScript,
  parseAccessAnswer,
} from '../../src/provision/script/access.ts';
import type { HostAccess } from '../../src/provision/script/access.ts';
import { needs } from '../skip.ts';
import { HOSTILE } from './example.ts';

const publicKey = 'ssh-rsa AAAAB3NzaC1yc2E=\n';

test('the second line tells programs what the script is for, and the key comes as a here-document', () => {
  const lines = accessScript({ user: 'ops', publicKey }).split('\n');
  assert.equal(lines[1], '# azdock-access: {"user":"ops"}');
  assert.ok(lines.join('\n').includes("  cat <<'AZDOCK_KEY'\nssh-rsa AAAAB3NzaC1yc2E=\nAZDOCK_KEY\n"));
  assert.equal(
    forgetKeyScript({ user: 'ops', publicKey }).split('\n')[1],
    '# azdock-access: {"user":"ops","forget":true}',
  );
});

for (const shell of ['dash', 'bash'])
  test(`${shell} finds no mistake in it, whatever the user is called`, needs(shell), () => {
    const withCa = [joinScript, leaveScript].map((make) => (access: HostAccess) => make(access, 'PEM'));
    for (const make of [accessScript, forgetKeyScript, ...withCa])
      for (const user of HOSTILE) {
        const { status, stderr } = spawnSync(shell, ['-n'], { input: make({ user, publicKey }), encoding: 'utf8' });
        assert.deepEqual([status, stderr], [0, '']);
      }
  });

const nothing = { hostKey: undefined, docker: 'absent', containers: 0, ca: undefined, arguments: [] };

test('an answer counts when the script got to its end', () => {
  const answer = 'azdock: hello\nazdock-host-key: ssh-ed25519 AAAA\nazdock-docker: running 12\n';
  assert.equal(parseAccessAnswer(answer), undefined);
  assert.deepEqual(parseAccessAnswer(`${answer}azdock-done\n`), {
    hostKey: 'ssh-ed25519 AAAA',
    docker: 'running',
    containers: 12,
    ca: undefined,
    arguments: [],
  });
  assert.deepEqual(parseAccessAnswer('azdock-done\n'), nothing);
  const odd = 'azdock-host-key: ssh-rsa AAAA; rm -rf /\nazdock-docker: dancing\nazdock-done\n';
  assert.deepEqual(parseAccessAnswer(odd), nothing);
  const flat = 'MIIB'.repeat(40);
  const told = parseAccessAnswer(`azdock-ca: ${flat}\nazdock-argument: --label=a=b c\nazdock-done\n`);
  assert.equal(told?.ca?.replace(/-----[^-]+-----|\n/g, ''), flat);
  assert.deepEqual(told?.arguments, ['--label=a=b c']);
});
