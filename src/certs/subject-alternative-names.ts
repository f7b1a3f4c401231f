import { isIP, isIPv4 } from 'node:net';
import { CertificateError } from '../errors/certificate-error.ts';

/** GeneralName of RFC 5280, 4.2.1.6, in node-forge's words: 2 is dNSName, 7 is iPAddress as bytes. */
export interface AlternativeName {
  readonly type: 2 | 7;
  readonly value: string;
}

/**
 * What stands in a certificate for names and addresses: what reads as an address becomes an iPAddress, everything else a
 * dNSName, as Go's tools expect. Repetitions are left out.
 *
 * @throws CertificateError for a name that no certificate can hold
 */
export function alternativeNames(names: readonly string[]): AlternativeName[] {
  return [...new Set(names)].map((name) =>
    isAddress(name) ? { type: 7, value: addressBytes(name) } : { type: 2, value: checkedName(name) },
  );
}

function isAddress(name: string): boolean {
  // An IPv6 address with a zone (fe80::1%eth0) means something on one computer only.
  return isIP(name) !== 0 && !name.includes('%');
}

function checkedName(name: string): string {
  if (/^[\x21-\x7e]+$/.test(name)) return name;
  throw new CertificateError(
    `${JSON.stringify(name)} cannot be in a certificate: names are written in ASCII without spaces (internationalised ones as xn--…).`,
    { resource: name },
  );
}

/** Four or sixteen bytes, one character each. */
function addressBytes(address: string): string {
  const bytes = isIPv4(address)
    ? address.split('.').map(Number)
    : ipv6Groups(address).flatMap((group) => [group >> 8, group & 255]);
  return String.fromCharCode(...bytes);
}

function ipv6Groups(address: string): number[] {
  // The URL parser brings every spelling, such as an embedded IPv4 address, to hexadecimal groups.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
