import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCase, Ground } from './error-case.ts';
import { withPreload } from './preload.ts';

const VM = '/virtualMachines/dev';

/** A command that waits for Azure, and is interrupted there. */
const held = async ({ sandbox }: Ground, signal: NodeJS.Signals) => ({
  args: ['locations'],
  interrupt: { signal, hold: await sandbox.arm({ method: 'GET', path: '/locations$', action: { hold: true } }) },
});

/** What Azure answers, and what is interrupted while it does. */
export const azureErrors: readonly ErrorCase[] = [
  {
    code: 'login',
    exitCode: 6,
    title: 'nobody is logged in',
    says: /^No Azure login was found\. Tried: /,
    provoke: () => ({ args: ['locations'], env: { AZURE_ENVIRONMENT: 'AzurePublicCloud' } }),
  },
  {
    code: 'azure',
    exitCode: 6,
    title: 'a right that is missing',
    says: /^Azure cannot stop dev: this login may not do that here; .* \(AuthorizationFailed\)\.$/,
    provoke: async ({ sandbox }) => {
      await sandbox.arm({
        method: 'POST',
        path: `${VM}/deallocate$`,
        action: { status: 403, code: 'AuthorizationFailed', message: 'No.' },
      });
      return { args: ['stop', 'dev'] };
    },
  },
  {
    code: 'azure',
    exitCode: 1,
    title: 'a source that Azure does not know',
    says: /^Azure cannot change firewall dev-firewall: it knows no such address .* \(SecurityRuleInvalidAddressPrefix\)\.$/,
    provoke: () => ({ args: ['allow', 'dev', 'Nowhere'] }),
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
    code: 'cancelled',
    exitCode: 130,
    title: 'Ctrl-C',
    says: /^Interrupted\.$/,
    provoke: (ground) => held(ground, 'SIGINT'),
  },
  {
    code: 'cancelled',
    exitCode: 143,
    title: 'SIGTERM',
    says: /^Interrupted\.$/,
    provoke: (ground) => held(ground, 'SIGTERM'),
  },
  {
    code: 'cancelled',
    exitCode: 129,
    title: 'a terminal that goes away',
    says: /^Interrupted\.$/,
    provoke: (ground) => held(ground, 'SIGHUP'),
  },
  {
    code: 'provision',
    exitCode: 1,
    title: 'an extension that fails',
    says: /DockerExtension/,
    provoke: async ({ sandbox }) => {
      const action = { operation: 'fail', code: 'VMExtensionProvisioningError', message: 'Enable failed.' };
      await sandbox.arm({ method: 'PUT', path: `${VM}/extensions/DockerExtension$`, when: 'operation', action });
      return { args: ['provision', 'dev'] };
    },
  },
  {
    code: 'partial-removal',
    exitCode: 9,
    title: 'a firewall that may not be removed',
    says: /^doomed is not wholly removed; left in Azure: .*doomed-firewall/,
    provoke: async ({ sandbox }) => {
      const action = { status: 403, code: 'AuthorizationFailed', message: 'No.' };
      const fault = await sandbox.arm({ method: 'DELETE', path: '/doomed-firewall$', times: 0, action });
      return { args: ['rm', '-y', 'doomed'], tidy: () => sandbox.disarm(fault) };
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
  {
    code: 'timeout',
    exitCode: 8,
    title: 'an operation of Azure that does not end',
    says: /^Azure has worked for 1 minute to create virtual machine late, and is not done\.$/,
    provoke: async ({ sandbox }) => {
      const action = { operation: 'hang' };
      await sandbox.arm({ method: 'PUT', path: '/virtualMachines/late$', when: 'operation', action });
      return {
        args: ['create', '--azure-resource-group', 'late', 'late'],
        env: { ...withPreload('fast-clock-preload.ts'), AZDOCK_AZURE_OPERATION_TIMEOUT: '1' },
        tidy: async () => assert.deepEqual(await sandbox.resourcesIn('late'), []),
      };
    },
  },
];
