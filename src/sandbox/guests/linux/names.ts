import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Everything on the computer that belongs to one sandbox carries its tag, so that a later process can find what a crashed
 * one left, and so that no sandbox touches another's.
 */
export interface SandboxNames {
  /** Six hexadecimal digits, from the sandbox's directory. */
  readonly tag: string;
  /** Where guests' disks live. */
  readonly guestsDirectory: string;
  /** Where a user puts images that guests shall have. */
  readonly imagesDirectory: string;
  readonly chainPrefix: string;
  readonly vethPrefix: string;
  readonly cgroupPrefix: string;
}

export interface GuestNames {
  readonly key: string;
  readonly directory: string;
  readonly disk: string;
  readonly consoleLog: string;
  /** At most 15 characters: IFNAMSIZ. */
  readonly veth: string;
  /** At most 28 characters, as iptables wants. */
  readonly inboundChain: string;
  readonly outboundChain: string;
  readonly cgroup: string;
}

export function sandboxNames(directory: string): SandboxNames {
  const tag = digest(directory);
  return {
    tag,
    guestsDirectory: join(directory, 'guests'),
    imagesDirectory: join(directory, 'images'),
    chainPrefix: `AZDOCK-${tag}-`,
    vethPrefix: `az${tag}`,
    cgroupPrefix: `azdock-${tag}-`,
  };
}

export function guestNames(sandbox: SandboxNames, id: string): GuestNames {
  const key = digest(id);
  const directory = join(sandbox.guestsDirectory, key);
  return {
    key,
    directory,
    disk: join(directory, 'disk.img'),
    consoleLog: join(directory, 'console.log'),
    veth: `${sandbox.vethPrefix}${key}`,
    inboundChain: `${sandbox.chainPrefix}${key}-I`,
    outboundChain: `${sandbox.chainPrefix}${key}-O`,
    cgroup: `${sandbox.cgroupPrefix}${key}`,
  };
}

/** The image file of a data disk. It is the disk's, not a guest's: it stays when the guest goes. */
export function dataDiskFile(sandbox: SandboxNames, id: string): string {
  return join(sandbox.guestsDirectory, 'disks', `${digest(id)}.img`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
