import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pluginCall } from '../../src/cli/plugin/plugin-call.ts';

const entry = '/home/u/.docker/cli-plugins/docker-machine';
const environment = { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker' };

test('docker’s words are taken off up to the plugin’s name, and what concerns us is kept', () => {
  const cases: readonly (readonly [string, string[]])[] = [
    ['machine ls -q', ['ls', '-q']],
    ['-D machine ls', ['--debug', 'ls']],
    ['-H machine machine ls', ['ls']],
    ['-Hmachine machine ls', ['ls']],
    ['-Dc machine machine ls', ['ls']],
    ['--context=machine machine ls', ['ls']],
    ['--tlscacert machine --tls machine ls', ['ls']],
    ['--help machine ls', ['--help', 'ls']],
    ['help machine ls', ['help', 'ls']],
    ['__complete machine ip d', ['__complete', 'ip', 'd']],
    ['machine ssh dev machine', ['ssh', 'dev', 'machine']],
  ];
  for (const [line, expected] of cases)
    assert.deepEqual(pluginCall({ entry, environment, argv: line.split(' ') })?.argv, expected, line);
});

test('docker’s --config is found in both spellings', () => {
  const config = (...argv: string[]) => pluginCall({ entry, environment, argv })?.config;
  assert.equal(config('--config', '/c', 'machine', 'ls'), '/c');
  assert.equal(config('--config=/c', 'machine', 'ls'), '/c');
  assert.equal(config('machine', 'ls', '--config', '/c'), undefined);
});

test('only docker’s own calls of the plugin count', () => {
  const argv = ['machine', 'ls'];
  assert.equal(pluginCall({ entry, argv, environment: {} }), undefined);
  assert.equal(pluginCall({ entry: '/usr/bin/docker-machine', argv, environment }), undefined);
  assert.equal(pluginCall({ entry: '/home/u/.docker/cli-plugins/azdock', argv, environment }), undefined);
});
