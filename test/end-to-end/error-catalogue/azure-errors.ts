import assert from 'node:assert/strict';
import { copyOfDev, type ErrorCase, type FailingLine, type Ground } from './error-case.ts';
import { withPreload } from './preload.ts';

const VM = '/virtualMachines/dev';

/** A command that waits for Azure, and is interrupted there. */
async function held(ground: Ground, signal: NodeJS.Signals): Promise<FailingLine> {
  const name = signal.toLowerCase();
  copyOfDev(ground, name);
  const path = `/virtualMachines/${name}/deallocate$`;
  const hold = await ground.sandbox.arm({ method: 'POST', path, action: { hold: true } });
  return { args: ['stop', name], interrupt: { signal, hold } };
}

/** What Azure answers, and what is interrupted while it does. */
export const azureErrors: readonly ErrorCase[] = [
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
    next: ['azdock allow dev ADDRESS'],
    provoke: () => ({ args: ['allow', 'dev', 'Nowhere'] }),
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
    code: 'timeout',
    exitCode: 8,
    title: 'an operation of Azure that does not end',
    next: ['azdock create late --azure-resource-group late'],
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
