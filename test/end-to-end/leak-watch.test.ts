import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { World } from './azdock.ts';
import { searchFor } from './search-many.ts';

const secret = randomBytes(12).toString('base64url');
const token = [{ alg: 'x', typ: 'JWT' }, { aud: 'nobody' }, { s: secret }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** Ways in which a secret would be left behind, each with what the watch has to say of it. */
const LEAKS: Readonly<Record<string, { readonly leak: (world: World) => Promise<unknown>; readonly told: RegExp }>> = {
  'in a file of the store': {
    leak: (world) => writeFile(join(world.store, 'machines', 'dev', 'azdock.json'), JSON.stringify({ note: secret })),
    told: /variable AZURE_CLIENT_SECRET, in home\/\.docker\/machine\/machines\/dev\/azdock\.json/,
  },
  'in a file beside it, in base64': {
    leak: (world) => writeFile(join(world.directory, 'log'), Buffer.from(`user:${secret}`).toString('base64')),
    told: /variable AZURE_CLIENT_SECRET, in log/,
  },
  'in what is printed': {
    leak: (world) => world.run([secret], { env: { AZURE_CLIENT_SECRET: secret } }),
    told: /variable AZURE_CLIENT_SECRET, printed by azdock/,
  },
  'as a token': {
    leak: (world) => writeFile(join(world.directory, 'home', 'trace'), `authorization: Bearer ${token}`),
    told: /a token, in home\/trace/,
  },
  'as a copy of a key': {
    leak: async (world) => {
      await world.run(['regenerate-certs', '-f', '--client-certs']);
      await copyFile(join(world.store, 'certs', 'ca-key.pem'), join(world.directory, 'copy'));
    },
    told: /certs\/ca-key\.pem, line \d+, in copy/,
  },
  'as a key for all to read': {
    leak: async (world) => {
      await world.run(['regenerate-certs', '-f', '--client-certs']);
      await chmod(join(world.store, 'certs', 'key.pem'), 0o644);
    },
    told: /certs\/key\.pem can be read by others \(mode 644\)/,
  },
};

for (const [where, { leak, told }] of Object.entries(LEAKS)) {
  test(`a secret left ${where} turns a test red`, async () => {
    const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    await mkdir(join(world.store, 'machines', 'dev'), { recursive: true });
    await world.run(['version'], { env: { AZURE_CLIENT_SECRET: secret } });
    await leak(world);
    await assert.rejects(world.destroy(), told);
  });
}

test('a run that leaves nothing is green', async () => {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  await world.run(['version'], { env: { AZURE_CLIENT_SECRET: secret } });
  assert.equal(world.leaks.known, 1);
  await world.destroy();
});

test('a text is found among thousands wherever it stands, and only whole', () => {
  const texts = Array.from({ length: 5_000 }, () => randomBytes(12).toString('base64url'));
  const search = searchFor(new Map(texts.map((text, at) => [text, `text ${at}`])));
  const [first = '', second = ''] = texts;
  assert.deepEqual([...search(Buffer.from(`${first}…${second}`))], ['text 0', 'text 1']);
  assert.deepEqual([...search(Buffer.from(first.slice(0, -1)))], []);
  assert.deepEqual([...search(Buffer.from('é'.repeat(100)))], []);
});
