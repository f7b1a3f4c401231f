import { lstat, readdir } from 'node:fs/promises';
import { absent, emptied, type TreeEntry } from './tree-entry.ts';

/** Of this computer's root, what a guest may see: the installed system and nothing else. */
const shownRoot = new Set(['bin', 'etc', 'lib', 'lib32', 'lib64', 'libx32', 'sbin', 'usr', 'var']);

/** Directories of the root that every system has: there, but empty. The rest does not exist in a guest. */
const emptiedRoot = ['boot', 'home', 'media', 'mnt', 'opt', 'run', 'srv'];

/** Where the system itself, and other packages, come with things that a fresh VM does not have, or that are secret. */
const emptiedElsewhere = [
  'usr/local',
  'usr/local/bin',
  'usr/local/sbin',
  'usr/local/lib',
  'usr/src',
  'var/backups',
  'var/cache',
  'var/local',
  'var/log',
  'var/mail',
  'var/opt',
  'var/spool',
  'etc/apt/auth.conf.d',
  'etc/apt/sources.list.d',
  'etc/cron.d',
  'etc/cron.daily',
  'etc/cron.weekly',
  'etc/docker',
  'etc/profile.d',
  'etc/ssh',
  'etc/sudoers.d',
  'etc/systemd/network',
  'etc/systemd/system',
  'etc/systemd/user',
];

/** Programs' data that the system needs to be one; other packages' data is theirs alone. */
const shownLibraryData = new Set([
  'apt',
  'dpkg',
  'misc',
  'pam',
  'polkit-1',
  'sgml-base',
  'shells.state',
  'ucf',
  'xml-core',
]);

/** Files and directories of `/etc` with this computer's keys, passwords, disks and connections. */
const hiddenSettings = [
  'NetworkManager',
  'apt/auth.conf',
  'apt/sources.list',
  'cron.monthly',
  'cron.hourly',
  'crontab',
  'crypttab',
  'fstab',
  'gitconfig',
  'group-',
  'gshadow-',
  'krb5.keytab',
  'kubernetes',
  'letsencrypt',
  'netplan',
  'npmrc',
  'openvpn',
  'passwd-',
  'pip.conf',
  'postgresql',
  'rancher',
  'rc.local',
  'shadow-',
  'wireguard',
  'wgetrc',
  'wpa_supplicant',
  ...['0', '1', '2', '3', '4', '5', '6', 'S'].map((level) => `rc${level}.d`),
];

/** Not for everybody to read either, but parts of the system, and without a secret or replaced. */
const neededSettings = new Set(['etc/polkit-1', 'etc/ssl/private', 'etc/sudoers', 'etc/sudoers.d']);

/** What keeps this computer's own files, services and secrets out of its guests. */
export async function hiddenHost(): Promise<TreeEntry[]> {
  const root = await readdir('/');
  const libraryData = await readdir('/var/lib');
  const kept = new Set([...shownRoot, ...emptiedRoot, 'dev', 'proc', 'root', 'sys', 'tmp']);
  return [
    ...root.filter((name) => !kept.has(name)).map(absent),
    ...emptiedRoot.map((path) => emptied(path)),
    // Mount points of the container.
    ...['dev', 'proc', 'sys'].map((path) => emptied(path)),
    emptied('root', 0o700),
    emptied('tmp', 0o1777),
    emptied('var/tmp', 0o1777),
    emptied('etc/ssl/private', 0o700),
    ...emptiedElsewhere.map((path) => emptied(path)),
    ...libraryData.filter((name) => !shownLibraryData.has(name)).map((name) => absent(`var/lib/${name}`)),
    ...(await unreadable('etc')).map(absent),
    ...hiddenSettings.map((path) => absent(`etc/${path}`)),
  ];
}

/** What this computer's other users may not read, its guests may not either. */
async function unreadable(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(`/${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (neededSettings.has(path) || entry.isSymbolicLink()) continue;
    const { mode } = await lstat(`/${path}`);
    if ((mode & 0o004) === 0) found.push(path);
    else if (entry.isDirectory()) found.push(...(await unreadable(path)));
  }
  return found;
}
