import { posix } from 'node:path';
import type { GuestSpec } from '../../guest-host.ts';
import { adminId } from './accounts.ts';
import { file, type TreeEntry } from './tree-entry.ts';

const owner = { uid: adminId, gid: adminId };

/** The admin user's home with the keys of osProfile, and the right to become root without a password. */
export function adminHome(spec: GuestSpec): TreeEntry[] {
  const home = `home/${spec.adminUsername}`;
  return [
    { kind: 'directory', path: home, mode: 0o750, owner },
    { kind: 'directory', path: `${home}/.ssh`, mode: 0o700, owner },
    ...authorizedKeys(spec),
    file('etc/sudoers.d/90-cloud-init-users', `${spec.adminUsername} ALL=(ALL) NOPASSWD:ALL\n`, 0o440),
  ];
}

function authorizedKeys(spec: GuestSpec): TreeEntry[] {
  const byPath = new Map<string, string[]>();
  for (const { path, keyData } of spec.publicKeys) {
    // Azure takes no other path for Linux: Compute REST, VirtualMachines, SshPublicKey.path.
    const place = posix.normalize(path).replace(/^\/+/, '');
    if (!place.startsWith(`home/${spec.adminUsername}/`))
      throw new Error(`SSH keys cannot be put at ${path}: it is outside of the home of ${spec.adminUsername}`);
    byPath.set(place, [...(byPath.get(place) ?? []), keyData.trim()]);
  }
  return [...byPath].map(([path, keys]) => ({
    kind: 'file',
    path,
    content: `${keys.join('\n')}\n`,
    mode: 0o600,
    owner,
  }));
}
