import { readFile } from 'node:fs/promises';
import { requireProgram, runProgram } from './run-program.ts';

/**
 * 198.18.0.0/15 is set aside for tests of network devices (RFC 2544, RFC 6890): no host on the internet has it, and unlike
 * private ranges no office or home network uses it. It holds this many ranges of 256 addresses.
 */
const rangeCount = 512;

/** Which /24 of 198.18.0.0/15 a sandbox has: 0 to 511. */
export type RangeNumber = number;

/** The address with the given last byte. */
export function addressInRange(range: RangeNumber, last: number): string {
  return `198.${18 + Math.floor(range / 256)}.${range % 256}.${last}`;
}

/**
 * Claims a /24 for a sandbox by making an interface that is named after it, which the kernel does for one caller only.
 *
 * @param wanted a range that the sandbox had before, whose addresses are still on record
 * @throws Error when `wanted` belongs to another sandbox now, or when all ranges are taken
 */
export async function claimRange(tag: string, wanted: RangeNumber | undefined): Promise<RangeNumber> {
  if (wanted !== undefined) {
    if (await claim(tag, wanted)) return wanted;
    throw new Error(
      `the address range ${addressInRange(wanted, 0)}/24 of this sandbox is in use by another sandbox on this computer`,
    );
  }
  const first = Number.parseInt(tag, 16) % rangeCount;
  for (let offset = 0; offset < rangeCount; offset += 1) {
    const range = (first + offset) % rangeCount;
    if (await claim(tag, range)) return range;
  }
  throw new Error('all ranges of 198.18.0.0/15 are in use by sandboxes on this computer');
}

export async function giveUpRange(range: RangeNumber): Promise<void> {
  await runProgram({ program: 'ip', args: ['link', 'delete', interfaceName(range)] });
}

async function claim(tag: string, range: RangeNumber): Promise<boolean> {
  const name = interfaceName(range);
  // A bridge, because every kernel that can run the engine can make one. Nothing is ever plugged into it.
  const made = await runProgram({ program: 'ip', args: ['link', 'add', name, 'type', 'bridge'] });
  if (made.exitCode === 0) {
    await requireProgram({ program: 'ip', args: ['link', 'set', name, 'alias', tag] });
    return true;
  }
  const owner = await readFile(`/sys/class/net/${name}/ifalias`, 'utf8').catch(() => undefined);
  if (owner === undefined) throw new Error(`ip link add failed: ${made.stderr.toString().trim()}`);
  return owner.trim() === tag;
}

/** The interface that claims a range, and that has this computer's further addresses in it. */
export function interfaceName(range: RangeNumber): string {
  return `azdock${range}`;
}
