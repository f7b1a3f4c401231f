import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFault } from '../faulty-disk.ts';
import { copyOfDev, type ErrorCase, rewrite } from './error-case.ts';
import { withPreload } from './preload.ts';

/** What files and processes of this computer stand against. */
export const storeErrors: readonly ErrorCase[] = [
  {
    code: 'record',
    exitCode: 1,
    title: 'a record that is cut off',
    says: /^The record of machine torn cannot be used: .* is not JSON/,
    provoke: async (ground) => {
      copyOfDev(ground, 'torn');
      await rewrite(ground, 'torn', 'config.json', (text) => text.slice(0, 700));
      return { args: ['inspect', 'torn'] };
    },
  },
  {
    code: 'store',
    exitCode: 1,
    title: 'a file where the store should be',
    says: /^Cannot \w+ .*: a part of its path is a file, not a directory \(ENOTDIR\)\.$/,
    provoke: ({ world }) => {
      const file = join(world.directory, 'file');
      writeFileSync(file, '');
      return {
        args: ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'x'],
        env: { MACHINE_STORAGE_PATH: join(file, 'store') },
      };
    },
  },
  {
    code: 'store',
    exitCode: 1,
    title: 'a disk that is full',
    says: /: the disk is full \(ENOSPC\)\.$/,
    provoke: ({ world }) => ({
      args: ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'x'],
      env: withFault({ root: world.store, at: 1, fault: 'full', log: join(world.directory, 'calls') }),
    }),
  },
  {
    code: 'certificate',
    exitCode: 1,
    title: 'a client certificate that is none',
    says: /certificates? .*cannot be used|no usable certificates|does not hold a certificate/,
    provoke: async (ground) => {
      copyOfDev(ground, 'scribbled');
      await rewrite(ground, 'scribbled', 'cert.pem', () => 'scribble');
      return { args: ['config', 'scribbled'] };
    },
  },
  {
    code: 'sandbox',
    exitCode: 1,
    title: 'a file where the sandbox should be',
    says: /^The sandbox cannot be in .*: ENOTDIR: /,
    provoke: ({ world }) => {
      const file = join(world.directory, 'file');
      writeFileSync(file, '');
      return { args: ['sandbox', 'up'], env: { AZDOCK_SANDBOX_DIR: join(file, 'sandbox') } };
    },
  },
  {
    code: 'system',
    exitCode: 1,
    title: 'a disk that is full, outside the store',
    says: /^The system refuses: ENOSPC: no space left on device, mkdir /,
    provoke: ({ world }) => {
      const root = join(world.directory, 'elsewhere');
      const fault = withFault({ root, at: 1, fault: 'full', log: join(world.directory, 'calls-elsewhere') });
      return { args: ['sandbox', 'up'], env: { ...fault, AZDOCK_SANDBOX_DIR: root } };
    },
  },
  {
    code: 'bug',
    exitCode: 1,
    title: 'a call of the system that never fails',
    says: /^This is a bug in azdock\. TypeError: the computer has no name$/,
    provoke: () => ({
      args: ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'x'],
      env: withPreload('throwing-preload.ts'),
    }),
  },
  {
    code: 'locked',
    exitCode: 8,
    title: 'another azdock is at work on the machine',
    says: /^Another azdock is at work on machine /,
    provoke: () => ({ args: ['create', 'busy', '--resume'], env: withPreload('fast-clock-preload.ts') }),
  },
];
