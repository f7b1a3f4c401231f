import { file, type TreeEntry } from './tree-entry.ts';

/** This computer's account files, as text. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
}

/** First number of a person's account (Debian Policy 9.2.2); system accounts, which packages need, lie below. */
export const adminId = 1000;
const nobodyId = 65_534;

/** Groups of the admin user of Azure's Ubuntu images; `docker` is not among them. */
const adminGroups = ['adm', 'sudo', 'cdrom', 'dip', 'plugdev'];

/**
 * A guest's accounts: this computer's system accounts without passwords, and the VM's admin user.
 * @throws Error when the admin's name is that of a system account
 */
export function accounts(host: AccountFiles, adminUsername: string): TreeEntry[] {
  const users = records(host.passwd).filter(([, , uid]) => isSystemId(uid));
  const groups = records(host.group).filter(([, , gid]) => isSystemId(gid));
  if ([...users, ...groups].some(([name]) => name === adminUsername))
    throw new Error(`${adminUsername} cannot be the admin user: the guest has a system account or group of that name`);
  if (!groups.some(([name]) => name === 'sudo')) groups.push(['sudo', 'x', '27', '']);

  const passwd = [...users.map((fields) => fields.join(':')), adminLine(adminUsername)];
  const group = [
    ...groups.map(([name, , gid]) => `${name}:x:${gid}:${name && adminGroups.includes(name) ? adminUsername : ''}`),
    `${adminUsername}:x:${adminId}:`,
  ];
  // `*` is no password, which unlike `!` leaves the account open to keys.
  const shadow = [...users.map(([name]) => name), adminUsername].map((name) => `${name}:*:20000:0:99999:7:::`);
  const gshadow = [...groups.map(([name]) => name), adminUsername].map(
    (name) => `${name}:*::${name && adminGroups.includes(name) ? adminUsername : ''}`,
  );
  return [
    file('etc/passwd', lines(passwd)),
    file('etc/group', lines(group)),
    file('etc/shadow', lines(shadow), 0o600),
    file('etc/gshadow', lines(gshadow), 0o600),
    file('etc/subuid', `${adminUsername}:100000:65536\n`),
    file('etc/subgid', `${adminUsername}:100000:65536\n`),
  ];
}

function adminLine(name: string): string {
  return `${name}:x:${adminId}:${adminId}:Ubuntu:/home/${name}:/bin/bash`;
}

function records(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

function isSystemId(text: string | undefined): boolean {
  const id = Number(text);
  return text !== undefined && text !== '' && (id < adminId || id === nobodyId);
}

function lines(entries: readonly string[]): string {
  return `${entries.join('\n')}\n`;
}
