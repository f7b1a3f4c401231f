import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { Client } from 'ssh2';
import { World } from './azdock.ts';
import { filesBelow } from './tree.ts';

const PASSWORD = 'correct Horse 7';

describe('a password login', () => {
  let world: World;
  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  });
  after(() => world?.destroy());

  async function logIn(machine: string, password: string): Promise<boolean> {
    const {
      IPAddress: host,
      SSHPort: port,
      SSHUser: username,
    } = JSON.parse(await world.file(machine, 'config.json')).Driver;
    const client = new Client();
    try {
      return await new Promise<boolean>((resolve) => {
        client.once('ready', () => resolve(true)).once('error', () => resolve(false));
        client.connect({ host, port, username, password });
      });
    } finally {
      client.end();
    }
  }

  it('is there only where it was asked for, and the password is written nowhere', async () => {
    const env = { AZDOCK_AZURE_PASSWORD: PASSWORD };
    const { code, stdout, stderr } = await world.run(['create', '--debug', '--azure-password-login', 'with'], { env });
    assert.equal(code, 0, stderr);
    assert.ok(!`${stdout}${stderr}`.includes(PASSWORD));
    await world.ok(['create', 'without'], { env });
    assert.equal(await logIn('with', PASSWORD), true);
    assert.equal(await logIn('with', 'wrong'), false);
    assert.equal(await logIn('without', PASSWORD), false);
    assert.equal(await world.ok(['ssh', 'with', '--', 'hostname']), 'with\n');
    for (const file of await filesBelow(world.directory)) assert.ok(!(await readFile(file)).includes(PASSWORD), file);
  });

  it('without a password, or with one that Azure refuses, is refused before anything is made', async () => {
    for (const [password, why] of [
      [undefined, /AZDOCK_AZURE_PASSWORD/],
      ['short', /6 to 72/],
      ['allsmallletters', /three of/],
      ['Password1', /everybody knows/],
    ] as const) {
      const env: Record<string, string> = password === undefined ? {} : { AZDOCK_AZURE_PASSWORD: password };
      const { code, stderr } = await world.run(['create', '--azure-password-login', 'no'], { env });
      assert.equal(code, 2);
      assert.match(stderr, /--azure-password-login/);
      assert.match(stderr, why);
      assert.ok(password === undefined || !stderr.includes(password));
    }
  });
});
