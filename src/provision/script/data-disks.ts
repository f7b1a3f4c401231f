import { hereDocument } from './here-document.ts';

/** A data disk that the host mounts. */
export interface DataDiskPlace {
  /** Logical unit number. */
  readonly lun: number;
  /** Absolute, of letters, digits and `_ @ % + . , -`. */
  readonly path: string;
}

/** How the data disks of a host stand: `running`, `ready`, or `failed` with the reason. */
const STATE = '/var/lib/azdock/disks.state';
const LOG = '/var/log/azdock/disks.log';
const SCRIPT = '/var/lib/azdock/mount-data-disks';
const SERVICE = 'azdock-data-disks.service';

/**
 * Finds each disk by Azure's names for it, makes a file system where there is nothing at all on it, and mounts it where nothing is.
 * Safe to run at each boot.
 *
 * Names: `data/by-lun` comes with azure-vm-utils, `scsi1` with the Linux agent; on NVMe the system's disk is namespace 1 and data
 * disks follow (learn.microsoft.com, "SCSI to NVMe conversion").
 */
const MOUNT = `set -u
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
mkdir -p /var/lib/azdock /var/log/azdock
chmod 700 /var/lib/azdock /var/log/azdock
exec >>${LOG} 2>&1
echo running >${STATE}

fail() {
  echo "azdock: $*"
  echo "failed $*" >${STATE}
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

find_disk() {
  for link in /dev/disk/azure/data/by-lun/$1 /dev/disk/azure/scsi1/lun$1; do
    if [ -b "$link" ]; then
      readlink -f "$link"
      return 0
    fi
  done
  for controller in /sys/class/nvme/*; do
    grep -q 'MSFT NVMe Accelerator' "$controller/model" 2>/dev/null || continue
    if [ -b "/dev/\${controller##*/}n$(($1 + 2))" ]; then
      echo "/dev/\${controller##*/}n$(($1 + 2))"
      return 0
    fi
  done
  return 1
}

await_disk() {
  waits=0
  until device=$(find_disk "$1"); do
    waits=$((waits + 1))
    [ "$waits" -lt 120 ] || fail "no disk shows up at LUN $1"
    sleep 1
  done
}

# blkid ends with 2 when there is nothing that it knows.
make_file_system() {
  found=0
  blkid -p "$1" || found=$?
  if [ "$found" -eq 2 ]; then
    echo "azdock: a file system for $1"
    if has mkfs.ext4; then
      mkfs.ext4 -q -F -m 0 "$1" || fail "$1 cannot be given a file system"
    else
      mkfs.xfs -q "$1" || fail "$1 cannot be given a file system"
    fi
  fi
  [ -n "$(blkid -p -o value -s TYPE "$1")" ] || fail "there is something on $1 that is no file system, so it stays as it is"
}

# $1 LUN, $2 path
mount_disk() {
  await_disk "$1"
  if mountpoint -q "$2"; then
    [ "$(readlink -f "$(findmnt -n -o SOURCE --mountpoint "$2")")" = "$device" ] || fail "something else is mounted at $2"
    return 0
  fi
  [ -z "$(ls -A "$2" 2>/dev/null)" ] || fail "$2 is not empty, and a disk mounted there would hide what is in it"
  make_file_system "$device"
  mkdir -p "$2"
  mount "$device" "$2" || fail "the disk at LUN $1 cannot be mounted at $2"
  if has restorecon; then restorecon "$2" || :; fi
}

# Engines from 29 on keep images with containerd, and those belong on the engine's disk, too.
share_with_containerd() {
  mountpoint -q /var/lib/containerd && return 0
  if [ -n "$(ls -A /var/lib/containerd 2>/dev/null)" ]; then
    echo 'azdock: /var/lib/containerd is not empty, and stays where it is'
    return 0
  fi
  (umask 077 && mkdir -p /var/lib/docker/.azdock-containerd /var/lib/containerd)
  mount --bind /var/lib/docker/.azdock-containerd /var/lib/containerd || fail '/var/lib/containerd cannot be put on the disk'
}
`;

const UNIT = `[Unit]
Description=Data disks of this machine
Before=docker.service containerd.service
After=local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${SCRIPT}

[Install]
WantedBy=multi-user.target
`;

/** Without its disks neither may start: what they wrote would lie under the mount. */
const NEEDS = `[Unit]
Requires=${SERVICE}
After=${SERVICE}
`;

/**
 * What puts the data disks in place: on the first boot before anything else that azdock brings, later by a service that the engine
 * waits for. POSIX sh, run as root at each boot.
 *
 * The first line tells programs what it is for: `# azdock-disks: [{"lun":0,"path":"/var/lib/docker"}]`.
 */
export function dataDisksScript(disks: readonly DataDiskPlace[]): string {
  // A disk that is mounted inside another one comes after it.
  const ordered = disks.toSorted((one, other) => one.path.length - other.path.length);
  const steps = [
    ...ordered.map(({ lun, path }) => `mount_disk ${lun} ${path}`),
    ...(disks.some(({ path }) => path === '/var/lib/docker') ? ['share_with_containerd'] : []),
    `echo ready >${STATE}`,
  ];
  const dropIn = (service: string) => `/etc/systemd/system/${service}.service.d/05-azdock-data.conf`;
  const write = (path: string, text: string) =>
    hereDocument({
      command: `mkdir -p ${path.slice(0, path.lastIndexOf('/'))} && cat > ${path}`,
      delimiter: 'AZDOCK_FILE',
      text,
    });
  return [
    `# azdock-disks: ${JSON.stringify(ordered.map(({ lun, path }) => ({ lun, path })))}`,
    'umask 022',
    write(SCRIPT, `#!/bin/sh\n${MOUNT}\n${steps.join('\n')}\n`),
    write(`/etc/systemd/system/${SERVICE}`, UNIT),
    ...['docker', 'containerd'].map((service) => write(dropIn(service), NEEDS)),
    'systemctl daemon-reload',
    `systemctl enable ${SERVICE}`,
    // Not by its service: so early in the boot that would wait for the boot, and the boot for this.
    `/bin/sh ${SCRIPT}`,
    '',
  ].join('\n');
}

/**
 * The script as a `#cloud-config`: boot commands run before anything that users or extensions bring, at each boot (cloud-init:
 * cc_bootcmd).
 */
export function dataDisksConfig(disks: readonly DataDiskPlace[]): string {
  // JSON is YAML as well.
  return `#cloud-config\nbootcmd:\n  - ${JSON.stringify(['/bin/sh', '-c', dataDisksScript(disks)])}\n`;
}

/** Defines `await_data_disks`: with disks, the engine is put onto the host when they are in place. Without, it does nothing. */
export const DATA_DISKS = `await_data_disks() {
  [ -e ${STATE} ] || return 0
  waits=0
  while grep -q '^running' ${STATE}; do
    [ "$waits" -ne 0 ] || say 'waiting for the data disks'
    waits=$((waits + 1))
    [ "$waits" -lt 300 ] || fail 'the data disks are not in place after 300 s'
    sleep 1
  done
  grep -q '^ready' ${STATE} || fail "the data disks are not in place: $(sed -n 's/^failed //p' ${STATE})"
}
`;
