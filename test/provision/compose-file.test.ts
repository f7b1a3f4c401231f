import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { UsageError } from '../../src/errors/usage-error.ts';
import { composeYaml, parseComposeFile } from '../../src/provision/compose-file.ts';

const refusal = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UsageError);
  assert.match(error.message, message);
  return true;
};

test('anchors, aliases and merge keys are resolved', () => {
  const text =
    'x-base: &base\n  image: nginx\n  tty: true\nservices:\n  web:\n    <<: *base\n    image: caddy\n  api: *base\n';
  assert.deepEqual(parseComposeFile(text, 'compose.yml')['services'], {
    web: { image: 'caddy', tty: true },
    api: { image: 'nginx', tty: true },
  });
});

test('a mistake is told with file, line and column', () => {
  assert.throws(() => parseComposeFile('services:\n  web:\n    image: "x\n', 'my.yml'), refusal(/^my\.yml:\d+:\d+ /));
  assert.throws(() => parseComposeFile('a: 1\na: 2\n', 'my.yml'), refusal(/^my\.yml:2:1 .*unique/));
  assert.throws(() => parseComposeFile('services: !reset null\n', 'my.yml'), refusal(/^my\.yml:1:11 /));
  assert.throws(() => parseComposeFile('a: 1\n---\nb: 2\n', 'my.yml'), refusal(/^my\.yml/));
});

test('what is no mapping is no compose file', () => {
  for (const text of ['', '- a\n', 'just text', 'null']) {
    assert.throws(() => parseComposeFile(text, 'my.yml'), refusal(/my\.yml is not a compose file/));
  }
});

test('an alias without an anchor and a file that explodes are refused', () => {
  assert.throws(() => parseComposeFile('a: *nobody\n', 'my.yml'), refusal(/my\.yml/));
  const levels = Array.from({ length: 20 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`);
  assert.throws(() => parseComposeFile(`l0: &l0 [x, x]\n${levels.join('\n')}\n`, 'my.yml'), refusal(/my\.yml/));
});

test('a value without a form in JSON is named', () => {
  assert.throws(
    () => parseComposeFile('services:\n  web:\n    cpus: .inf\n', 'my.yml'),
    refusal(/services\.web\.cpus/),
  );
});

test('YAML written for the host means the same to readers of YAML 1.1 and 1.2', () => {
  const document = {
    services: {
      web: {
        ports: ['22:22', '80'],
        environment: { A: 'on', B: 'no', C: '1e3', D: '0x1f', E: 'ü\nx', F: '~' },
        tty: true,
        cpus: 0.5,
      },
    },
    on: { y: 'n' },
  };
  const yaml = composeYaml(document);
  assert.deepEqual(parse(yaml, { version: '1.1' }), document);
  assert.deepEqual(parse(yaml, { version: '1.2' }), document);
});
