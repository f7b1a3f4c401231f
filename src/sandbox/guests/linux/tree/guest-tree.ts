import { readFile } from 'node:fs/promises';
import type { GuestSpec } from '../../guest-host.ts';
import { findProgram } from '../requirements.ts';
import { accounts } from './accounts.ts';
import { adminHome } from './admin-home.ts';
import { engineFiles } from './engine-files.ts';
import { hiddenHost } from './hidden-host.ts';
import { releaseFiles } from './release.ts';
import { cloudInitCommand, sudoCommand } from './stand-in-commands.ts';
import { mountFiles } from './mount-files.ts';
import { systemFiles } from './system-files.ts';
import type { TreeEntry } from './tree-entry.ts';

/**
 * All that makes this computer's root the root of one guest. Later entries win over earlier ones of the same path.
 * @throws Error when the admin user or its keys cannot be set up as asked
 */
export async function guestTree(spec: GuestSpec): Promise<TreeEntry[]> {
  const host = { passwd: await readFile('/etc/passwd', 'utf8'), group: await readFile('/etc/group', 'utf8') };
  const daemon = findProgram('dockerd');
  if (daemon === undefined) throw new Error('dockerd is not installed on this computer');
  const entries = [
    ...(await hiddenHost()),
    ...accounts(host, spec.adminUsername),
    ...releaseFiles(spec.image),
    ...systemFiles(spec),
    ...mountFiles(),
    ...engineFiles({ daemon, compose: findProgram('docker-compose') }),
    ...cloudInitCommand(),
    ...(findProgram('sudo') === undefined ? sudoCommand() : []),
    ...adminHome(spec),
  ];
  return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
}
