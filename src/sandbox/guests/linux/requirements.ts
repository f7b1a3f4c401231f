import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, systemPath } from './run-program.ts';

/** Programs that linux guests need, and the Debian package that brings each. */
const programs: readonly (readonly [program: string, debianPackage: string])[] = [
  ['systemd-nspawn', 'systemd-container'],
  ['sshd', 'openssh-server'],
  ['ssh-keygen', 'openssh-client'],
  ['dockerd', 'docker.io'],
  ['ip', 'iproute2'],
  ['iptables', 'iptables'],
  ['iptables-restore', 'iptables'],
  ['iptables-save', 'iptables'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['debugfs', 'e2fsprogs'],
  ['mount', 'mount'],
  ['losetup', 'mount'],
  ['setpriv', 'util-linux'],
  ['unshare', 'util-linux'],
  ['nsenter', 'util-linux'],
];

/** Full path of a program of the operating system, or undefined. */
export function findProgram(name: string): string | undefined {
  return systemPath
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** What this computer lacks to run linux guests, in words. Empty when nothing. */
export async function missingForLinuxGuests(): Promise<string[]> {
  if (process.platform !== 'linux') return ['Linux'];
  if (process.getuid?.() !== 0) return ['root'];
  const missing = programs
    .filter(([program]) => findProgram(program) === undefined)
    .map(([program, debianPackage]) => `${program} (package ${debianPackage})`);
  if (!existsSync('/usr/lib/systemd/system/docker.service'))
    missing.push("the engine's systemd unit (package docker.io)");
  if (!existsSync('/dev/loop-control')) missing.push('loop devices');
  if (missing.length > 0) return missing;
  // Root in a container often may do none of this.
  for (const [program, args, what] of probes) {
    const outcome = await runProgram({ program, args });
    if (outcome.exitCode !== 0) missing.push(what);
  }
  return missing;
}

const probes: readonly (readonly [program: string, args: readonly string[], what: string])[] = [
  [
    'unshare',
    ['--mount', '--net', '--pid', '--fork', 'mount', '-t', 'tmpfs', 'tmpfs', '/run'],
    'the right to make namespaces and mounts',
  ],
  [
    'unshare',
    ['--net', 'sh', '-c', 'ip link add name probe0 type bridge && ip link add name probe1 type veth peer name probe2'],
    'the right to make network interfaces',
  ],
  ['iptables', ['-w', '10', '-S', 'INPUT'], 'the right to set firewall rules'],
];
