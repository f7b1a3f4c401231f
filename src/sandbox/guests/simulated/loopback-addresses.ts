import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AddressBook, readAddressBook } from '../address-book.ts';

/** Gives simulated guests addresses of this computer. */
export interface LoopbackAddresses {
  allocate(): Promise<string>;
  take(address: string): Promise<void>;
  release(address: string): Promise<void>;
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
  const digest = createHash('sha256').update(directory).digest();
  const range = digest.readUInt16BE(0) % (64 * 256);
  const addressOf = (last: number) => `127.${64 + Math.floor(range / 256)}.${range % 256}.${last}`;
  const file = join(guestsDirectory, 'addresses.json');
  return new AddressBook(file, { range, addressOf }, await readAddressBook(file));
}

class OnlyAddress implements LoopbackAddresses {
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
