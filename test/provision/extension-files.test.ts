import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import { readExtensionFiles } from '../../src/provision/extension-files.ts';
import { optionsFromWords, splitWords } from '../../src/provision/option-words.ts';
import { quoteExecWord } from '../../src/provision/systemd-quote.ts';
import { HOSTILE } from './example.ts';

const read = (open: unknown, closed?: unknown) =>
  readExtensionFiles({
    settings: open === undefined ? undefined : { text: JSON.stringify(open), fileName: 'pub.json' },
    protectedSettings: closed === undefined ? undefined : { text: JSON.stringify(closed), fileName: 'prot.json' },
  });

test('the two files become settings that every provisioner understands', () => {
  const files = read(
    {
      docker: { port: '2380', options: ['-D', '--dns=8.8.8.8', '--label "a=b c"', '-s', 'overlay2'] },
      compose: { web: { image: 'nginx' } },
      'compose-environment': { TAG: 1 },
      'azure-environment': 'AzureCloud',
    },
    {
      login: { server: 'https://registry.example.com', username: 'me', password: 'hunter2', email: 'me@example.com' },
      environment: { X: 'y' },
    },
  );
  assert.equal(files.port, 2380);
  assert.deepEqual(files.options, ['debug', 'dns=8.8.8.8', 'label=a=b c', 'storage-driver=overlay2']);
  assert.deepEqual(files.compose?.document, { web: { image: 'nginx' } });
  assert.deepEqual(files.compose?.environment, { TAG: '1' });
  assert.deepEqual(files.compose?.secretEnvironment.reveal(), { X: 'y' });
  assert.equal(files.login?.server, 'registry.example.com');
  assert.equal(files.login?.password.reveal(), 'hunter2');
  assert.equal(files.cloud, 'AzureCloud');
  assert.deepEqual(files.warnings, []);
});

test('no files are no settings', () => {
  assert.deepEqual(read(undefined), {
    port: undefined,
    options: [],
    compose: undefined,
    login: undefined,
    cloud: undefined,
    warnings: [],
  });
});

test('certificates in the file are left aside, with a warning', () => {
  const files = read({}, { certs: { ca: 'x', cert: 'y', key: 'z' } });
  assert.match(files.warnings.join(), /certificates in prot\.json are not used/);
});

suite('mistakes are told by file and key, and never show a value', () => {
  const wrong: readonly (readonly [unknown, unknown, RegExp])[] = [
    [{ dokcer: {} }, undefined, /^dokcer in pub\.json is not known; it can be docker, /],
    [{ Docker: {} }, undefined, /^Docker in pub\.json is spelt "docker"/],
    [{ docker: { Port: '1' } }, undefined, /^docker\.Port in pub\.json is spelt "port"/],
    [{ docker: { port: '70000' } }, undefined, /^docker\.port in pub\.json is "70000"/],
    [{ docker: { options: [1] } }, undefined, /^docker\.options in pub\.json is not a list of strings/],
    [{ docker: { options: ['--host=tcp://0.0.0.0'] } }, undefined, /^docker\.options in pub\.json cannot take/],
    [{ docker: { options: ['-H', 'tcp://0.0.0.0'] } }, undefined, /^docker\.options in pub\.json cannot take/],
    [{ docker: { options: ['stray'] } }, undefined, /belongs to no option/],
    [{ docker: { options: ['--label "a'] } }, undefined, /quote without its partner/],
    [{ docker: [] }, undefined, /^docker in pub\.json is not an object/],
    [{ compose: 'web:' }, undefined, /^compose in pub\.json is not an object/],
    [{ 'compose-environment': { 'A B': 'x' }, compose: {} }, undefined, /"A B" in compose-environment in pub\.json/],
    [{ 'azure-environment': 'AzureMoon' }, undefined, /azure-environment in pub\.json is "AzureMoon"/],
    [{}, { environment: { A: 'hunter2' } }, /no compose document/],
    [{}, { login: { username: 'me' } }, /^login in prot\.json cannot be used: the password is empty/],
    [{}, { login: { password: 'hunter2' } }, /^login in prot\.json cannot be used: there is no user name/],
    [{}, { login: 'hunter2' }, /^login in prot\.json is not an object/],
    [{}, { environment: { A: ['hunter2'] } }, /^environment\.A in prot\.json is not a string/],
    [[], undefined, /pub\.json does not hold a JSON object/],
  ];
  for (const [open, closed, message] of wrong) {
    test(String(message), () => {
      assert.throws(
        () => read(open, closed),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /hunter2/);
          return true;
        },
      );
    });
  }

  test('broken JSON', () => {
    const settings = { text: '{"login": {"password": "hunter2" "x"}}', fileName: 'prot.json' };
    assert.throws(
      () => readExtensionFiles({ settings: undefined, protectedSettings: settings }),
      (error) =>
        error instanceof UsageError &&
        /^prot\.json is not valid JSON/.test(error.message) &&
        !/hunter2/.test(error.message),
    );
  });
});

test('words survive being quoted for systemd and read again', () => {
  const words = HOSTILE.map((text) => `--label=x=${text}\ty`);
  assert.deepEqual(splitWords(words.map(quoteExecWord).join(' '), 'here'), words);
});

test('a word belongs to the option before it, one-letter options have long names', () => {
  assert.deepEqual(optionsFromWords(['-l', 'warn', '--tls', '-Gdocker', '-s=overlay2'], 'here'), [
    'log-level=warn',
    'tls',
    'group=docker',
    'storage-driver=overlay2',
  ]);
});
