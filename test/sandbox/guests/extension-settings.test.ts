import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseCustomScriptSettings } from '../../../src/sandbox/guests/extensions/custom-script-settings.ts';
import { dockerArguments, replaceExecStart } from '../../../src/sandbox/guests/extensions/docker-arguments.ts';
import { parseDockerExtensionSettings } from '../../../src/sandbox/guests/extensions/docker-extension-settings.ts';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const custom = (settings: Record<string, unknown>, protectedSettings: Record<string, unknown> = {}) =>
  parseCustomScriptSettings({ settings, protectedSettings });

describe('settings of CustomScript', () => {
  it('give a script from base64, compressed or not, with the line ends of Unix', () => {
    const content = Buffer.from('#!/bin/sh\necho\n');
    const dos = '\ufeff#!/bin/sh\r\necho\r\n';
    for (const script of [base64(content), base64(gzipSync(content)), base64(dos)])
      assert.deepEqual(custom({}, { script }).action, { kind: 'script', content });
    assert.deepEqual(custom({ skipDos2Unix: true, script: base64(dos) }).action, {
      kind: 'script',
      content: Buffer.from(dos),
    });
  });

  const refused: readonly (readonly [
    why: string,
    open: Record<string, unknown>,
    secret: Record<string, unknown>,
    message: RegExp,
  ])[] = [
    ['nothing to run', {}, {}, /must be specified/],
    ['a command twice', { commandToExecute: 'a' }, { commandToExecute: 'b' }, /both in public and protected/],
    ['a command and a script', { commandToExecute: 'a' }, { script: 'YQ==' }, /only one may be/],
    ['an unknown key', { commandToExecute: 'a', comand: 'b' }, {}, /Additional property comand/],
    ['a script that is no base64', { script: '#!/bin/sh' }, {}, /failed to decode script/],
    ['a script that is too long', { script: 'A'.repeat(262_145) }, {}, /\(262145\) exceeded .* 262144!/],
    ['a command that is no text', { commandToExecute: 7 }, {}, /has to be a string/],
  ];
  for (const [why, open, secret, message] of refused)
    it(`are refused for ${why}`, () => {
      assert.throws(() => custom(open, secret), message);
    });

  it('may have a script of exactly the longest length', () => {
    assert.equal(custom({ script: 'A'.repeat(262_144) }).action.kind, 'script');
  });
});

describe('settings of DockerExtension', () => {
  const parse = (settings: Record<string, unknown>, protectedSettings: Record<string, unknown> = {}) =>
    parseDockerExtensionSettings({ settings, protectedSettings });

  it('take certificates as base64 or as they are, and only all three', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    const { certificates } = parse({}, { certs: { ca: pem, cert: base64('cert'), key: base64('key') } });
    assert.deepEqual(certificates, { ca: Buffer.from(pem), cert: Buffer.from('cert'), key: Buffer.from('key') });
    assert.equal(parse({}, { certs: { ca: pem, cert: pem } }).certificates, undefined);
  });

  it('become the arguments of the engine, in order and without quoting', () => {
    const settings = parse(
      { docker: { port: '2376', options: ['--label=a b', '-D'] } },
      { certs: { ca: 'YQ==', cert: 'YQ==', key: 'YQ==' } },
    );
    assert.equal(
      dockerArguments(settings),
      '-H=fd:// --tlsverify --tlscacert=/etc/docker/ca.pem --tlscert=/etc/docker/cert.pem --tlskey=/etc/docker/key.pem -H=0.0.0.0:2376 --label=a b -D',
    );
    assert.equal(dockerArguments(parse({})), '-H=fd://');
  });

  it('replace the whole line of the unit, whatever the options contain', () => {
    const unit = '[Service]\nExecStart=/usr/sbin/dockerd -H fd:// $DOCKER_OPTS\nRestart=always\n';
    assert.equal(
      replaceExecStart(unit, '--label=$& $1'),
      '[Service]\nExecStart=/usr/bin/dockerd --label=$& $1\nRestart=always\n',
    );
    assert.throws(() => replaceExecStart('[Service]\n', ''), /could not find ExecStart/);
  });

  it('are refused when the handler could not decode them', () => {
    assert.throws(() => parse({ docker: { port: 2376 } }), /error parsing handler settings: docker.port/);
    assert.throws(() => parse({ docker: { options: '--debug' } }), /docker.options has to be a list/);
    assert.throws(() => parse({ compose: 'web' }), /compose has to be an object/);
  });
});
