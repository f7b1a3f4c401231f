import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlerOutput } from '../../../src/machine/extension/handler-output.ts';
import { ownExtensions } from '../../../src/machine/extension/own-extension.ts';

test("CustomScript's message is taken apart into what it says and what the script wrote", () => {
  assert.deepEqual(handlerOutput('Enable succeeded: \n[stdout]\none\ntwo\n\n[stderr]\nthree\n'), {
    message: 'Enable succeeded',
    stdout: 'one\ntwo',
    stderr: 'three',
  });
  assert.deepEqual(handlerOutput('Enable succeeded: \n[stdout]\n\n[stderr]\n'), {
    message: 'Enable succeeded',
    stdout: '',
    stderr: '',
  });
});

test('a message without output is the message', () => {
  assert.deepEqual(handlerOutput('Enable Docker succeeded'), {
    message: 'Enable Docker succeeded',
    stdout: null,
    stderr: null,
  });
});

test('the extensions of a machine are that of its provisioner, then those of the journal', () => {
  const vm = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/dev';
  const journal = [vm, `${vm}/extensions/CustomScript`].map((id) => ({ id, shared: false }));
  const sidecar = { version: 1, id: 'i', phase: 'ready', createdAt: '', journal } as const;
  const entries = [...journal];
  assert.deepEqual(ownExtensions({ ...sidecar, journal: entries, provisioner: 'cloud-init' }), ['CustomScript']);
  assert.deepEqual(ownExtensions({ ...sidecar, journal: entries, provisioner: 'docker-extension' }), [
    'DockerExtension',
    'CustomScript',
  ]);
  assert.deepEqual(ownExtensions({ ...sidecar, journal: [], provisioner: 'ssh' }), []);
  assert.deepEqual(ownExtensions(undefined), []);
});
