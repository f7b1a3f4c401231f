import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AddressBook, readAddressBook } from '../address-book.ts';
import { ipv6InRange } from '../ipv6-range.ts';

/** Gives simulated guests addresses of this computer. */
export interface LoopbackAddresses {
  /** Addresses from which this computer can connect to those that it gives. */
  readonly hostAddresses: readonly string[];
  allocate(): Promise<string>;
  take(address: string): Promise<void>;
  release(address: string): Promise<void>;
}

/** Which of its kind a sandbox has: 64 times 256 ranges of 256 addresses. */
function rangeOf(directory: string): number {
  return createHash('sha256').update(directory).digest().readUInt16BE(0) % (64 * 256);
}

/**
 * On Linux and Windows all of 127.0.0.0/8 is this computer (RFC 1122, 3.2.1.3), and each sandbox takes a /24 of 127.64.0.0/10
 * by its directory's name. macOS answers at 127.0.0.1 alone, so that there is room for one guest.
 */
export async function loopbackAddresses(
  directory: string,
  guestsDirectory: string,
  platform: NodeJS.Platform,
): Promise<LoopbackAddresses> {
  if (platform === 'darwin') return new OnlyAddress();
  const range = rangeOf(directory);
  const addressOf = (last: number) => `127.${64 + Math.floor(range / 256)}.${range % 256}.${last}`;
  const file = join(guestsDirectory, 'addresses.json');
  const book = new AddressBook(file, { range, addressOf }, await readAddressBook(file));
  return Object.assign(book, { hostAddresses: ['127.0.0.1', addressOf(1), addressOf(2)] });
}

/** IPv6 addresses on paper: IPv6 has one loopback address, `::1`, and nothing to give to guests. */
export async function paperAddresses(directory: string, guestsDirectory: string): Promise<AddressBook> {
  const range = rangeOf(directory);
  const file = join(guestsDirectory, 'ipv6-addresses.json');
  const addressOf = (last: number) => ipv6InRange('simulated', range, last);
  return new AddressBook(file, { range, addressOf }, await readAddressBook(file));
}

class OnlyAddress implements LoopbackAddresses {
  readonly hostAddresses = ['127.0.0.1'];
  #isTaken = false;

  async allocate(): Promise<string> {
    if (this.#isTaken)
      throw new Error('macOS has one loopback address, so that the sandbox has room for one simulated guest at a time');
    this.#isTaken = true;
    return '127.0.0.1';
  }

  async take(): Promise<void> {
    this.#isTaken = true;
  }

  async release(): Promise<void> {
    this.#isTaken = false;
  }
}
