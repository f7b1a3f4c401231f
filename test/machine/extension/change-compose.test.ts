import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeCompose } from '../../../src/machine/extension/change-compose.ts';
import type { ChangeRequest } from '../../../src/machine/extension/change-request.ts';
import { Secret } from '../../../src/secret/secret.ts';
import type { JsonObject } from '../../../src/store/record.ts';

const services = (...names: string[]) => ({
  services: Object.fromEntries(names.map((name) => [name, { image: 'busybox' }])),
});

const remembered = (
  secretNames: string[] = [],
  environment: Record<string, string> = { A: '1', B: '2' },
): JsonObject => ({
  adminUser: 'u',
  compose: { document: services('web', 'db'), environment, secretNames },
  login: null,
});

interface Given {
  readonly document?: Record<string, unknown>;
  readonly environment?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  readonly unset?: ChangeRequest['unset'];
}

function change(old: JsonObject | undefined, { document, environment = {}, secrets = {}, unset = [] }: Given) {
  return changeCompose(old, { compose: { document, environment, secretEnvironment: new Secret(secrets) }, unset });
}

test('nothing said about it keeps the project', () => {
  assert.deepEqual(change(remembered(), {}), { kind: 'kept', project: undefined, removals: [] });
});

test('variables are changed one by one, and the file stays', () => {
  const { kind, project, removals } = change(remembered(), {
    environment: { B: '3' },
    unset: [{ flag: 'compose-env', key: 'A' }],
  });
  assert.equal(kind, 'changed');
  assert.deepEqual(project?.document, services('web', 'db'));
  assert.deepEqual(project?.environment, { B: '3' });
  assert.deepEqual(removals, []);
});

test('a new file keeps the variables, and containers of services that it lacks go', () => {
  const { project, removals } = change(remembered(), { document: services('web', 'new') });
  assert.deepEqual(project?.environment, { A: '1', B: '2' });
  assert.deepEqual(removals, [{ project: 'compose', keep: ['web', 'new'] }]);
});

test('another name of the project takes the old one down', () => {
  const { removals } = change(remembered(), { environment: { COMPOSE_PROJECT_NAME: 'Shop 2' } });
  assert.deepEqual(removals, [{ project: 'compose', keep: [] }]);
  const gone = change(remembered([], { COMPOSE_PROJECT_NAME: 'Shop 2' }), {
    unset: [{ flag: 'compose', key: undefined }],
  });
  assert.deepEqual(gone.removals, [{ project: 'shop2', keep: [] }]);
});

test('secrets that are not kept have to come again, unless a new file does not speak of them', () => {
  const old = remembered(['TOKEN']);
  assert.throws(() => change(old, { environment: { B: '3' } }), /needs TOKEN, which azdock does not keep/);
  assert.deepEqual(change(old, { environment: { B: '3' }, secrets: { TOKEN: 'x' } }).kind, 'changed');
  assert.equal(change(old, { document: services('web') }).kind, 'changed');
  const speaking = { services: { web: { image: 'busybox', environment: ['TOKEN'] } } };
  assert.throws(() => change(old, { document: speaking }), /needs TOKEN/);
  assert.equal(change(old, { unset: [{ flag: 'compose-env', key: 'TOKEN' }] }).kind, 'changed');
});

test('a variable that becomes secret is public no more', () => {
  const { project } = change(remembered(), { secrets: { A: 'x' } });
  assert.deepEqual(project?.environment, { B: '2' });
});

test('variables without a project, and a file that comes and goes at once, are refused', () => {
  assert.throws(() => change(undefined, { environment: { A: '1' } }), /no compose project/);
  const both = { document: services('web'), unset: [{ flag: 'compose', key: undefined }] } as const;
  assert.throws(() => change(remembered(), both), /--compose and --no-compose/);
});
