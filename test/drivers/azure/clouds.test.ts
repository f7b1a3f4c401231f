import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCloud } from '../../../src/drivers/azure/clouds.ts';
import { sandboxDirectory } from '../../../src/drivers/azure/sandbox-discovery.ts';
import { SandboxError } from '../../../src/errors/sandbox-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { dependencies } from './scripted-azure.ts';

test("clouds are found by docker-machine's and by az's names, in any case", async () => {
  const name = async (environment: string) => (await findCloud(environment, dependencies())).name;
  assert.equal(await name('AzurePublicCloud'), 'AzurePublicCloud');
  assert.equal(await name('azurecloud'), 'AzurePublicCloud');
  assert.equal(await name('AzureUSGovernment'), 'AzureUSGovernmentCloud');
  assert.equal(await name('AZURECHINACLOUD'), 'AzureChinaCloud');
  await assert.rejects(
    name('Foo'),
    (error: unknown) => error instanceof UsageError && /AzurePublicCloud/.test(error.message),
  );
});

test('the sandbox is where its document says', () => {
  assert.equal(sandboxDirectory({ AZDOCK_SANDBOX_DIR: '/s', HOME: '/h' }, 'linux'), '/s');
  assert.equal(sandboxDirectory({ XDG_STATE_HOME: '/x', HOME: '/h' }, 'linux'), '/x/azdock/sandbox');
  assert.equal(sandboxDirectory({ HOME: '/h' }, 'linux'), '/h/.local/state/azdock/sandbox');
});

async function inFolder(work: (folder: string, write: (pid: number) => Promise<void>) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const write = async (pid: number) => {
    await writeFile(join(folder, 'ca.pem'), 'a CA');
    const discovery = {
      version: 1,
      pid,
      endpoint: 'https://127.0.0.1:1',
      authority: 'https://127.0.0.1:1',
      caFile: join(folder, 'ca.pem'),
      tenantId: 't',
      subscriptionId: 's',
      clientId: 'c',
      clientSecret: 'hush',
      sshPort: 2222,
    };
    await writeFile(join(folder, 'sandbox.json'), JSON.stringify(discovery));
  };
  try {
    await work(folder, write);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a sandbox that runs is found, and its secret does not show', async () => {
  await inFolder(async (folder, write) => {
    await write(process.pid);
    const cloud = await findCloud('Sandbox', dependencies({ environment: { AZDOCK_SANDBOX_DIR: folder } }));
    assert.equal(cloud.name, 'sandbox');
    assert.equal(cloud.sshPort, 2222);
    assert.equal(cloud.sandbox?.ca, 'a CA');
    assert.ok(!JSON.stringify(cloud).includes('hush'));
  });
});

test('a sandbox that is down, or died without a word, is started', async () => {
  await inFolder(async (folder, write) => {
    // Process ids end at 2^22 on Linux, so this one never was.
    await write(2 ** 30);
    let started = 0;
    const given = dependencies({
      environment: { AZDOCK_SANDBOX_DIR: folder },
      async startSandbox() {
        started += 1;
        await write(process.pid);
      },
    });
    assert.equal((await findCloud('sandbox', given)).name, 'sandbox');
    assert.equal(started, 1);
  });
});

test('a sandbox that does not come up is an error that says where it was looked for', async () => {
  await inFolder(async (folder) => {
    const given = dependencies({ environment: { AZDOCK_SANDBOX_DIR: folder }, async startSandbox() {} });
    await assert.rejects(
      findCloud('sandbox', given),
      (error: unknown) => error instanceof SandboxError && error.message.includes(folder),
    );
    await writeFile(join(folder, 'sandbox.json'), '{');
    await assert.rejects(findCloud('sandbox', given), SandboxError);
  });
});
