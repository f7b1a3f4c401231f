import { join } from 'node:path';
import { AddressBook, readAddressBook } from '../address-book.ts';
import type { GuestSpec } from '../guest-host.ts';
import { ipv6InRange } from '../ipv6-range.ts';
import { addressInRange, claimRange, giveUpRange } from './address-range.ts';
import { hasIpv6 } from './has-ipv6.ts';
import { type HostAddresses, hostAddressesOf, layRoutes, liftRoutes } from './host-routes.ts';
import type { SandboxNames } from './names.ts';

/** This computer's own addresses towards guests. */
export interface Gateways {
  readonly ipv4: string;
  /** Missing where guests cannot have IPv6. */
  readonly ipv6: string | undefined;
}

interface Books {
  readonly ipv4: AddressBook;
  readonly ipv6: AddressBook;
}

/** The addresses of one sandbox: its ranges on this computer, and what of them is given out. */
export class HostNetwork {
  readonly gateways: Gateways;
  /** All of this computer's addresses towards guests, the gateways first. */
  readonly hostAddresses: readonly string[];
  readonly #books: Books;
  readonly #log: (line: string) => void;

  /** @throws Error when this computer has no range left, or the one that the sandbox had is in use by another one */
  static async open(names: SandboxNames, log: (line: string) => void): Promise<HostNetwork> {
    const file = join(names.guestsDirectory, 'addresses.json');
    const kept = await readAddressBook(file);
    const range = await claimRange(names.tag, kept?.range);
    const withIpv6 = await hasIpv6();
    await layRoutes(range, withIpv6);
    const ipv6File = join(names.guestsDirectory, 'ipv6-addresses.json');
    const ipv6Of = (last: number): string => ipv6InRange('linux', range, last);
    const books = {
      ipv4: new AddressBook(file, { range, addressOf: (last) => addressInRange(range, last) }, kept),
      ipv6: new AddressBook(ipv6File, { range, addressOf: ipv6Of }, await readAddressBook(ipv6File)),
    };
    return new HostNetwork(books, hostAddressesOf(range, withIpv6), log);
  }

  private constructor(books: Books, { ipv4, ipv6 }: HostAddresses, log: (line: string) => void) {
    this.#books = books;
    this.#log = log;
    this.gateways = { ipv4: ipv4[0] ?? '', ipv6: ipv6[0] };
    this.hostAddresses = [...ipv4, ...ipv6];
  }

  allocate(version: 'IPv4' | 'IPv6'): Promise<string> {
    if (version === 'IPv4') return this.#books.ipv4.allocate();
    if (this.gateways.ipv6 === undefined)
      this.#log('IPv6 is off on this computer, or its rules cannot be set: guests get IPv6 addresses on paper only');
    return this.#books.ipv6.allocate();
  }

  release(address: string): Promise<void> {
    const { ipv4, ipv6 } = this.#books;
    return (address.includes(':') ? ipv6 : ipv4).release(address);
  }

  /** Takes the public addresses of a guest out of what can be given. */
  async take({ publicAddress, publicIpv6Address }: GuestSpec): Promise<void> {
    if (publicAddress !== undefined) await this.#books.ipv4.take(publicAddress);
    if (publicIpv6Address !== undefined) await this.#books.ipv6.take(publicIpv6Address);
  }

  /** Takes the ranges off this computer. */
  async close(): Promise<void> {
    const { range } = this.#books.ipv4;
    await liftRoutes(range);
    await giveUpRange(range);
  }
}
