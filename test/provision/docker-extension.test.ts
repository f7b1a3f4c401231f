import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  dockerExtension,
  doubtsAboutDockerExtension,
  whyNotDockerExtension,
} from '../../src/provision/docker-extension.ts';
import { execStartArguments } from '../../src/provision/engine-arguments.ts';
import { Secret } from '../../src/secret/secret.ts';
import { certificates, HOSTILE, plainEngine, provisioning } from './example.ts';

const compose = {
  document: { services: { web: { image: 'nginx' } } },
  environment: { TAG: '1' },
  secretEnvironment: new Secret({ PASSWORD: 'hunter2' }),
};
const login = { server: 'registry.example.com', username: 'me', password: new Secret('hunter3') };

test('settings have the keys and types that the handler reads', () => {
  const request = dockerExtension(provisioning({}, { compose, login }), { version: '1.2', cloud: 'AzureChinaCloud' });
  assert.equal(
    `${request.publisher}/${request.type} ${request.version}`,
    'Microsoft.Azure.Extensions/DockerExtension 1.2',
  );
  assert.deepEqual(request.settings, {
    docker: { port: '2376', options: ['--label=provider=azure', '--label=azdock.certificate=4fd2a1'] },
    compose: { services: { web: { image: 'nginx' } } },
    'compose-environment': { TAG: '1' },
    'azure-environment': 'AzureChinaCloud',
  });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  assert.deepEqual(request.protectedSettings.reveal(), {
    certs: { ca: base64(certificates.ca), cert: base64(certificates.cert), key: base64(certificates.key.reveal()) },
    login: { server: 'registry.example.com', username: 'me', password: 'hunter3' },
    environment: { PASSWORD: 'hunter2' },
  });
});

test('an engine without a port has no such key, by which the handler opens none', () => {
  const { settings } = dockerExtension(provisioning({ port: undefined }), { version: '1.2' });
  assert.deepEqual(settings, {
    docker: { options: ['--label=provider=azure', '--label=azdock.certificate=4fd2a1'] },
  });
});

test('without compose and login there are no such keys', () => {
  const request = dockerExtension(provisioning(), { version: '1.2' });
  assert.deepEqual(Object.keys(request.settings), ['docker']);
  assert.deepEqual(Object.keys(request.protectedSettings.reveal()), ['certs']);
});

test('joined by single spaces, as the handler does, options become the text that our own script writes', () => {
  const engine = { ...plainEngine, labels: HOSTILE.filter((text) => !text.includes('$')).map((text) => `x=${text}`) };
  const { settings } = dockerExtension(provisioning(engine), { version: '1.2' });
  const docker = settings['docker'];
  assert.ok(typeof docker === 'object' && docker !== null && 'options' in docker && Array.isArray(docker.options));
  assert.ok(execStartArguments(engine).endsWith(` -H=0.0.0.0:2376 ${docker.options.join(' ')}`));
});

test('no secret shows when a request is printed', () => {
  const request = dockerExtension(provisioning({}, { compose, login }), { version: '1.2' });
  const shown = inspect(request, { depth: 9, showHidden: true }) + JSON.stringify(request);
  assert.doesNotMatch(shown, /hunter|server-key|BEGIN/);
});

test('it says what DockerExtension cannot be told, and nothing when it can do it all', () => {
  assert.deepEqual(whyNotDockerExtension(provisioning()), []);
  assert.deepEqual(whyNotDockerExtension(provisioning({ installUrl: 'https://get.docker.com/' })), []);
  assert.match(whyNotDockerExtension(provisioning({ environment: ['A=b'] })).join(), /--engine-env/);
  assert.match(
    whyNotDockerExtension(provisioning({ installUrl: 'https://test.docker.com' })).join(),
    /--engine-install-url/,
  );
  assert.match(whyNotDockerExtension(provisioning({ labels: ['price=$5'] })).join(), /"\$"/);
});

test("it says what fails with today's Docker", () => {
  assert.deepEqual(doubtsAboutDockerExtension(provisioning()), []);
  assert.equal(doubtsAboutDockerExtension(provisioning({}, { compose, login })).length, 2);
});
