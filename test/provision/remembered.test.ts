import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeRemembered, recallProvisioning, rememberedProvisioning } from '../../src/provision/remembered.ts';
import { Secret } from '../../src/secret/secret.ts';
import { provisioning } from './example.ts';

const full = provisioning(
  {},
  {
    adminUser: 'docker-user',
    compose: {
      document: { services: { web: { image: 'nginx', ports: ['80:80'] } } },
      environment: { TAG: '1' },
      secretEnvironment: new Secret({ PASSWORD: 'hunter2' }),
    },
    login: { server: undefined, username: 'me', password: new Secret('hunter3') },
  },
);

test('what was remembered is recalled, and secrets only by name', () => {
  const text = JSON.stringify(rememberedProvisioning(full));
  assert.doesNotMatch(text, /hunter|server-key/);
  assert.deepEqual(recallProvisioning(JSON.parse(text)), {
    adminUser: 'docker-user',
    compose: { document: full.compose?.document, environment: { TAG: '1' } },
    missingSecrets: ['PASSWORD'],
    login: { server: undefined, username: 'me' },
  });
});

test('nothing, or something of another shape, counts as not remembered', () => {
  const nothing = { adminUser: undefined, compose: undefined, missingSecrets: [], login: undefined };
  for (const value of [undefined, null, 7, [], {}, { compose: 7, login: [], adminUser: 1 }]) {
    assert.deepEqual(recallProvisioning(value), nothing);
  }
});

test('a change keeps what it does not name, and keys of others', () => {
  const old = JSON.parse(JSON.stringify({ ...rememberedProvisioning(full), other: { kept: true } }));
  const same = changeRemembered(old, { adminUser: 'docker-user', compose: undefined, login: undefined });
  assert.deepEqual(same, old);
  const { compose, login, other } = changeRemembered(old, {
    adminUser: 'docker-user',
    compose: null,
    login: full.login,
  });
  assert.deepEqual([compose, login, other], [null, { server: null, username: 'me' }, { kept: true }]);
});

test('a change of what was never remembered begins anew', () => {
  const fresh = changeRemembered(undefined, { adminUser: 'me', compose: full.compose, login: undefined });
  assert.doesNotMatch(JSON.stringify(fresh), /hunter/);
  assert.deepEqual(recallProvisioning(fresh).missingSecrets, ['PASSWORD']);
});
