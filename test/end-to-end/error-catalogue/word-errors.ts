import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCase } from './error-case.ts';

/** What the command line asks for, and cannot have. */
export const wordErrors: readonly ErrorCase[] = [
  {
    code: 'usage',
    exitCode: 2,
    title: 'a name that cannot be one',
    says: /^"bad name" cannot be a machine name: /,
    provoke: () => ({ args: ['create', 'bad name'] }),
  },
  {
    code: 'usage',
    exitCode: 2,
    title: 'a provisioner that cannot do what is asked for',
    says: /^DockerExtension cannot do what was asked: .*--engine-env/,
    next: [`azdock create new --azure-provisioner custom-script --engine-env A=b --azure-allow-from '*'`],
    provoke: () => ({
      args: 'create --azure-provisioner docker-extension --engine-env A=b --azure-allow-from * new'.split(' '),
    }),
  },
  {
    code: 'machine-exists',
    exitCode: 5,
    title: 'a name that is taken',
    says: /^Docker machine "dev" already exists/,
    provoke: () => ({ args: ['create', 'dev'] }),
  },
  {
    code: 'machine-not-found',
    exitCode: 4,
    title: 'a machine that is none',
    says: /^Docker machine "nobody" does not exist\./,
    provoke: () => ({ args: ['env', 'nobody'] }),
  },
  {
    code: 'several',
    exitCode: 4,
    title: 'two machines that are none',
    says: /^Docker machine "nobody" does not exist\./,
    provoke: () => ({ args: ['rm', '-y', 'nobody', 'nothing'] }),
  },
  {
    code: 'already-running',
    exitCode: 1,
    title: 'a machine that runs is to be started',
    says: /^Machine "dev" is already running\.$/,
    provoke: () => ({ args: ['start', 'dev'] }),
  },
  {
    code: 'not-running',
    exitCode: 1,
    title: 'no machine is the active one',
    says: /^No active host found$/,
    provoke: () => ({ args: ['active'] }),
  },
  {
    code: 'refused',
    exitCode: 10,
    title: 'a machine that is protected is to be removed',
    says: /^far is protected against removal\.$/,
    provoke: async ({ world }) => {
      await world.ok(['protect', 'far']);
      return { args: ['rm', '-y', 'far'] };
    },
  },
  {
    code: 'unsupported',
    exitCode: 1,
    title: 'the firewall of an engine by its URL',
    says: /^azdock looks after no firewall of far: /,
    provoke: () => ({ args: ['allow', 'far'] }),
  },
  {
    code: 'pre-create-check',
    exitCode: 3,
    title: 'a size that is none',
    says: /^westeurope does not offer Standard_None/,
    provoke: () => ({ args: ['create', 'new', '--azure-size', 'Standard_None'] }),
  },
  {
    code: 'program',
    exitCode: 127,
    title: 'a program that is not there',
    says: /^no-such-program cannot be run: it is not on PATH\.$/,
    onlyInWords: 'its verb has no --json',
    provoke: () => ({ args: ['exec', 'dev', '--', 'no-such-program'] }),
  },
  {
    code: 'unsafe-value',
    exitCode: 1,
    title: 'a store whose path no shell can be given',
    says: /^DOCKER_CERT_PATH cannot be set to ".*\\n.*": it holds a control character/,
    onlyInWords: 'JSON can carry it',
    provoke: async ({ world }) => {
      const place = join(world.directory, 'two\nlines');
      rmSync(place, { recursive: true, force: true });
      symlinkSync(world.store, place);
      return { args: ['env', '--shell', 'sh', 'dev'], env: { MACHINE_STORAGE_PATH: place } };
    },
  },
];
