import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireProgram } from '../run-program.ts';
import { file, type TreeEntry } from './tree-entry.ts';

/** No RSA key, unlike in Azure's images: making one takes longer than everything else of a guest. */
const types = ['ed25519', 'ecdsa'] as const;

/** SSH host keys that no other guest has. They are made in a folder of their own below `workspace`. */
export async function newHostKeys(workspace: string, hostName: string): Promise<TreeEntry[]> {
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workspace, 'keys-'));
  try {
    const entries = await Promise.all(
      types.map(async (type) => {
        const name = `ssh_host_${type}_key`;
        const path = join(folder, name);
        const comment = `root@${hostName}`;
        await requireProgram({ program: 'ssh-keygen', args: ['-q', '-t', type, '-N', '', '-C', comment, '-f', path] });
        return [
          file(`etc/ssh/${name}`, await readFile(path), 0o600),
          file(`etc/ssh/${name}.pub`, await readFile(`${path}.pub`)),
        ];
      }),
    );
    return entries.flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
