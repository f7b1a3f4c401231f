import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineFolder } from '../engine.ts';
import { copyOfDev, type ErrorCase, rewrite } from './error-case.ts';

/** What hosts and their engines answer, or do not. */
export const hostErrors: readonly ErrorCase[] = [
  {
    code: 'engine-unreachable',
    exitCode: 1,
    title: 'an engine that is not there',
    says: /^far does not answer at tcp:\/\/127\.0\.0\.1:1: connection refused\.$/,
    provoke: () => ({ args: ['env', 'far'] }),
  },
  {
    code: 'host-key-changed',
    exitCode: 10,
    title: 'a host that shows another key',
    says: /^\S+ answers with another SSH host key than the one pinned for it\.$/,
    provoke: async (ground) => {
      await rewrite(ground, 'stranger', 'azdock.json', (text) =>
        text.replace(/("hostKey": *"[^"]*).{8}"/, '$1AAAAAAA="'),
      );
      return { args: ['upgrade', 'stranger'] };
    },
  },
  {
    code: 'ssh',
    exitCode: 1,
    title: 'a key that is gone',
    says: /^The SSH key of \S+ is missing: /,
    provoke: async (ground) => {
      rmSync(join(machineFolder(ground.world, 'keyless'), 'id_rsa'), { force: true });
      return { args: ['upgrade', 'keyless'] };
    },
  },
  {
    code: 'ssh',
    exitCode: 255,
    title: 'a key that is gone, for ssh',
    says: /key/,
    onlyInWords: 'its verb has no --json',
    provoke: async (ground) => {
      rmSync(join(machineFolder(ground.world, 'keyless'), 'id_rsa'), { force: true });
      return { args: ['ssh', 'keyless', 'true'] };
    },
  },
  {
    code: 'copy',
    exitCode: 1,
    title: 'a link that cannot be followed',
    says: /^Not everything was copied from /,
    onlyInWords: 'its verb has no --json',
    provoke: ({ world }) => {
      const tree = join(world.directory, 'tree');
      rmSync(tree, { recursive: true, force: true });
      mkdirSync(tree);
      writeFileSync(join(tree, 'file'), 'x');
      symlinkSync('/nowhere', join(tree, 'link'));
      return { args: ['--native-ssh', 'scp', '-r', tree, 'dev:/tmp/tree'] };
    },
  },
  {
    code: 'timeout',
    exitCode: 8,
    title: 'neither engine nor Azure says anything',
    says: /^Error getting active host: timeout$/,
    provoke: async (ground) => {
      copyOfDev(ground, 'silent');
      await rewrite(ground, 'silent', 'config.json', (text) => {
        const record = JSON.parse(text);
        return JSON.stringify({ ...record, Driver: { ...record.Driver, IPAddress: '127.0.0.1', DockerPort: 2 } });
      });
      const hold = await ground.sandbox.arm({ path: '/virtualMachines/silent', times: 0, action: { hold: true } });
      return {
        args: ['active', '--timeout', '1'],
        env: { DOCKER_HOST: 'tcp://127.0.0.1:2' },
        tidy: () => ground.sandbox.disarm(hold),
      };
    },
  },
];
