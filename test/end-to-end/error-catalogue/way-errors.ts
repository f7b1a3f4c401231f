import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCase } from './error-case.ts';
import { withPreload } from './preload.ts';

/** What stands between azdock and Azure. */
export const wayErrors: readonly ErrorCase[] = [
  {
    code: 'login',
    exitCode: 6,
    title: 'nobody is logged in',
    says: /^No Azure login was found\. Tried: /,
    next: ['az login', 'azdock doctor'],
    provoke: () => ({ args: ['locations'], env: { AZURE_ENVIRONMENT: 'AzurePublicCloud' } }),
  },
  {
    code: 'login',
    exitCode: 6,
    title: 'nobody is logged in who makes a machine',
    says: /^No Azure login was found\. Tried: /,
    next: [
      'az login',
      "azdock create new --azure-login device-code --azure-allow-from '*'",
      "azdock create new --azure-environment sandbox --azure-allow-from '*'",
    ],
    provoke: () => ({
      args: ['create', '--azure-allow-from', '*', 'new'],
      env: { AZURE_ENVIRONMENT: 'AzurePublicCloud' },
    }),
  },
  {
    code: 'connection',
    exitCode: 1,
    title: 'answers that are none of Azure',
    says: /^Azure's answer to /,
    provoke: async ({ sandbox }) => {
      const fault = await sandbox.arm({
        method: 'GET',
        path: '/Microsoft.Compute/skus$',
        times: 0,
        action: { status: 200, code: 'x', message: 'x' },
      });
      return { args: ['sizes'], tidy: () => sandbox.disarm(fault) };
    },
  },
  {
    code: 'connection',
    exitCode: 1,
    title: 'nothing where Azure should be',
    says: /^Azure cannot be reached to list regions: 127\.0\.0\.1:1: /,
    provoke: async ({ world }) => {
      const directory = join(world.directory, 'nowhere');
      await mkdir(directory, { mode: 0o700, recursive: true });
      const known = JSON.parse(await readFile(join(world.sandboxDirectory, 'sandbox.json'), 'utf8'));
      const file = join(directory, 'sandbox.json');
      await writeFile(file, JSON.stringify({ ...known, endpoint: 'https://127.0.0.1:1' }), { mode: 0o600 });
      return {
        args: ['locations'],
        env: { ...withPreload('fast-clock-preload.ts'), AZDOCK_SANDBOX_DIR: directory },
        tidy: () => rm(directory, { recursive: true }),
      };
    },
  },
];
