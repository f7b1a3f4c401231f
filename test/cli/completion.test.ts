import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionOf } from '../../src/cli/completion/complete.ts';
import { formatCandidates } from '../../src/cli/completion/candidates.ts';
import { commands } from '../../src/commands/table.ts';

const machines = [
  { name: 'dev', phase: 'ready' as const },
  { name: 'half', phase: 'failed' as const },
];

/** What is offered: values without their help, then the directive. */
async function offered(...words: string[]): Promise<string[]> {
  const known = { machines: () => machines, labels: () => ['env=test', 'other=$(x)'] };
  const text = await completionOf({ words, commands, knownIn: () => known });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\t.*/, ''));
}

test('machines are offered once each, and only where they are of use', async () => {
  assert.deepEqual(await offered('ip', ''), ['dev', ':4']);
  assert.deepEqual(await offered('rm', ''), ['dev', 'half', ':4']);
  assert.deepEqual(await offered('rm', 'half', ''), ['dev', ':4']);
  assert.deepEqual(await offered('url', 'dev', ''), [':4'], 'url takes one');
  assert.deepEqual(await offered('create', ''), [':4'], 'a new machine has a new name');
  assert.deepEqual(await offered('scp', 'd'), ['dev:', ':2']);
  assert.deepEqual(await offered('-D', '--storage-path', 'ip', 'ip', 'd'), ['dev', ':4']);
});

test('what can be done with an extension comes after the machine, or before it', async () => {
  assert.deepEqual(await offered('extension', 'dev', ''), ['show', 'set', 'remove', ':4']);
  assert.deepEqual(await offered('extension', 'show', ''), ['dev', 'half', ':4']);
  assert.deepEqual(await offered('extension', 'dev', 'set', '--unset', 'engine-l'), ['engine-label', ':4']);
});

test('after a machine’s name, ssh and exec belong to another program', async () => {
  assert.deepEqual(await offered('exec', ''), ['dev', ':4']);
  assert.deepEqual(await offered('exec', 'dev', '--', 'doc'), [':0']);
  assert.deepEqual(await offered('ssh', 'dev', '--js'), [':0']);
  assert.deepEqual(await offered('exec', '--storage-p'), ['--storage-path', ':4']);
});

test('flags are offered as they are typed, and none twice but repeatable ones', async () => {
  assert.deepEqual(await offered('ls', '--f'), ['--filter', '--format', ':4']);
  assert.deepEqual(await offered('ls', '-form'), ['-format', ':4']);
  assert.deepEqual(await offered('ls', '--format', 'x', '--filter', 'y', '--f'), ['--filter', ':4']);
  assert.deepEqual(await offered('ls', '-q', '--q'), [':4'], 'the short one counts');
  assert.deepEqual(await offered('--debug', 'ip', '--deb'), [':4'], 'one before the verb counts');
  assert.deepEqual(await offered('alias', 'install', '--no-p'), ['--no-plugin', ':4']);
  assert.deepEqual(await offered('rm', '--', '-'), [':4'], 'after -- there are no flags');
  assert.ok(!(await offered('ls', '--')).includes('--bugsnag-api-token'), 'hidden flags stay hidden');
});

test('values come without the flag before them', async () => {
  assert.deepEqual(await offered('--progress', 'pl'), ['plain', ':4']);
  assert.deepEqual(await offered('--progress=pl'), ['plain', ':4']);
  assert.deepEqual(await offered('env', '--shell', 'po'), ['powershell', ':4']);
  assert.deepEqual(await offered('create', '-d', 'ge'), ['generic', ':4']);
  assert.deepEqual(await offered('create', '--azure-custom-data', ''), [':0']);
  assert.deepEqual(await offered('-s', ''), [':16']);
  assert.deepEqual(await offered('rm', '--force='), ['true', 'false', ':4']);
  assert.deepEqual(await offered('ls', '--nothing=x'), [':4']);
});

test('filters are offered key by key', async () => {
  assert.deepEqual(await offered('ls', '--filter', ''), ['driver=', 'label=', 'name=', 'state=', 'swarm=', ':6']);
  assert.deepEqual(await offered('ls', '--filter=name='), ['name=dev', 'name=half', ':4']);
  assert.deepEqual(
    await offered('ls', '--filter', 'label='),
    ['label=env=test', ':4'],
    'nothing that a shell would run',
  );
  assert.deepEqual(await offered('ls', '--filter', 'State=St'), [
    'State=Stopped',
    'State=Stopping',
    'State=Starting',
    ':4',
  ]);
});

test('each verb has filters of its own', async () => {
  assert.deepEqual(await offered('sizes', '--filter', ''), ['family=', 'feature=', 'name=', ':6']);
  assert.deepEqual(await offered('sizes', '--filter', 'feature=sp'), ['feature=spot', ':4']);
  assert.deepEqual(await offered('locations', '--filter', 'group='), ['group=Europe', 'group=US', ':4']);
  assert.deepEqual(await offered('locations', '--filter', 'name='), [':4'], 'no machines here');
  assert.deepEqual(await offered('images', ''), [':4']);
  assert.deepEqual(await offered('sizes', '--arch', ''), ['x64', 'arm64', ':4']);
});

test('verbs of two words come word by word, and help knows verbs', async () => {
  assert.deepEqual(await offered('sand'), ['sandbox', ':4']);
  assert.deepEqual(await offered('sandbox', 's'), ['status', ':4'], 'serve is hidden');
  assert.deepEqual(await offered('help', 'sandbox', 'jo'), ['journal', ':4']);
  assert.deepEqual(await offered('init', 'z'), ['zsh', ':4']);
  assert.deepEqual(await offered('nothing', ''), [':4']);
});

test('a blank stands for the empty word that Windows PowerShell does not pass on', async () => {
  assert.deepEqual(await offered('ip', ' '), ['dev', ':4']);
});

test('candidates cannot break out of their line', () => {
  const candidates = [{ value: 'a\nb' }, { value: 'c\u001b[2J' }, { value: 'd', help: 'two\nlines\there' }];
  assert.equal(formatCandidates({ candidates, files: 'none' }, ''), 'd\ttwo lines here\n:4\n');
});
