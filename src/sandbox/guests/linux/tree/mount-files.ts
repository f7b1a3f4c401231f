import { file, link, type TreeEntry } from './tree-entry.ts';

const unit = 'etc/systemd/system/azdock-mounts.service';

/**
 * In a container systemd leaves out what `/etc/fstab` says of devices (systemd, src/fstab-generator: `/sys` is read-only
 * there), so a unit does it.
 */
export function mountFiles(): TreeEntry[] {
  return [
    file('etc/fstab', '# <device> <mount point> <type> <options> <dump> <pass>\n'),
    file(unit, mountsUnit),
    link('etc/systemd/system/local-fs.target.wants/azdock-mounts.service', `/${unit}`),
  ];
}

const mountsUnit = `[Unit]
Description=Mount what /etc/fstab names
DefaultDependencies=no
After=local-fs-pre.target systemd-remount-fs.service
Before=local-fs.target
Conflicts=umount.target
Before=umount.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=-/usr/bin/mount --all
`;
