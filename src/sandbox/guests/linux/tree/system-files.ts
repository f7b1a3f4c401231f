import { randomBytes } from 'node:crypto';
import type { GuestSpec } from '../../guest-host.ts';
import { file, link, type TreeEntry } from './tree-entry.ts';

/** Azure's own resolver: learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16. */
const resolver = '168.63.129.16';

const units = 'etc/systemd/system';

/** What the system starts at boot. Everything else that is installed on this computer stays off in guests. */
const started: readonly (readonly [target: string, unit: string])[] = [
  ['multi-user.target', 'ssh.service'],
  ['sockets.target', 'docker.socket'],
  ['sysinit.target', 'azdock-guest.service'],
];

/** Parts of systemd that have no business in a container, or that reach for this computer's kernel. */
const masked = [
  'console-getty.service',
  'getty.target',
  'proc-sys-fs-binfmt_misc.automount',
  'ssh.socket',
  'sys-kernel-debug.mount',
  'sys-kernel-tracing.mount',
  'systemd-networkd.service',
  'systemd-networkd.socket',
  'systemd-resolved.service',
  'systemd-timesyncd.service',
];

/** Identity, name service, SSH server and what is started at boot. */
export function systemFiles(spec: GuestSpec): TreeEntry[] {
  const name = spec.computerName;
  return [
    file('etc/hostname', `${name}\n`),
    file('etc/hosts', `127.0.0.1 localhost\n127.0.1.1 ${name}\n::1 ip6-localhost ip6-loopback\n`),
    file('etc/machine-id', `${randomBytes(16).toString('hex')}\n`, 0o444),
    file('etc/resolv.conf', `nameserver ${resolver}\noptions timeout:1 attempts:1\n`),
    file('etc/environment', 'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n'),
    file('etc/apt/sources.list', ''),
    file('etc/ssh/sshd_config', sshServerSettings(spec.adminPassword !== undefined)),
    link(`${units}/default.target`, '/usr/lib/systemd/system/multi-user.target'),
    file(`${units}/azdock-guest.service`, guestUnit),
    file('usr/lib/azdock/prepare', prepareScript, 0o755),
    // A VM takes up to 90 seconds to be switched off when a container does not listen to SIGTERM.
    file('usr/lib/systemd/system.conf.d/azdock.conf', '[Manager]\nDefaultTimeoutStopSec=3s\n'),
    ...masked.map((unit) => link(`${units}/${unit}`, '/dev/null')),
    ...started.map(([target, unit]) =>
      link(
        `${units}/${target}.wants/${unit}`,
        unit.startsWith('azdock') ? `/etc/systemd/system/${unit}` : `/usr/lib/systemd/system/${unit}`,
      ),
    ),
  ];
}

function sshServerSettings(allowsPassword: boolean): string {
  return [
    'HostKey /etc/ssh/ssh_host_ed25519_key',
    'HostKey /etc/ssh/ssh_host_ecdsa_key',
    'PermitRootLogin no',
    `PasswordAuthentication ${allowsPassword ? 'yes' : 'no'}`,
    'KbdInteractiveAuthentication no',
    'UsePAM yes',
    'UseDNS no',
    'PrintMotd no',
    'AcceptEnv LANG LC_*',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');
}

const guestUnit = `[Unit]
Description=Prepare this sandbox guest
DefaultDependencies=no
Before=sysinit.target docker.socket

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/lib/azdock/prepare

[Install]
WantedBy=sysinit.target
`;

/** nspawn leaves control groups of version 1 read-only, and containers need to make their own. */
const prepareScript = `#!/bin/sh
while read -r _ where type options _; do
  case "$type $options" in
    "cgroup ro,"*|"cgroup2 ro,"*) mount -o remount,bind,rw "$where" ;;
  esac
done </proc/self/mounts
if [ -d /var/lib/cloud/data ]; then
  mkdir -p /run/cloud-init
  ln -sf /var/lib/cloud/data/result.json /var/lib/cloud/data/status.json /run/cloud-init/
fi
exit 0
`;
