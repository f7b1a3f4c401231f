import { isIP } from 'node:net';
import type { JsonObject } from '../../json.ts';
import type { Arguments } from '../expressions/arguments.ts';
import type { TemplateFunction } from '../expressions/template-function.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr

interface Network {
  readonly base: bigint;
  readonly prefix: number;
  /** Bits of an address: 32 or 128. */
  readonly bits: number;
}

export const cidrFunctions: readonly TemplateFunction[] = [
  { name: 'cidrHost', arity: [2, 2], call: cidrHost },
  { name: 'cidrSubnet', arity: [3, 3], call: cidrSubnet },
  { name: 'parseCidr', arity: [1, 1], call: parseCidr },
];

/** `cidrHost('10.144.3.0/24', 0)` is 10.144.3.1. */
function cidrHost(args: Arguments): string {
  const network = networkOf(args);
  const index = BigInt(args.integer(1)) + 1n;
  if (index < 1n || index >= sizeOf(network)) throw args.fail(`the network has no host number ${args.integer(1)}.`);
  return written(network.base + index, network.bits);
}

/** `cidrSubnet('10.144.0.0/20', 24, 0)` is 10.144.0.0/24. */
function cidrSubnet(args: Arguments): string {
  const network = networkOf(args);
  const [prefix, index] = [args.integer(1), args.integer(2)];
  if (prefix < network.prefix || prefix > network.bits)
    throw args.fail(`a prefix length from ${network.prefix} to ${network.bits} is expected.`);
  const base = network.base + BigInt(index) * 2n ** BigInt(network.bits - prefix);
  if (index < 0 || base >= network.base + sizeOf(network))
    throw args.fail(`the network has no subnet number ${index} of prefix length ${prefix}.`);
  return `${written(base, network.bits)}/${prefix}`;
}

function parseCidr(args: Arguments): JsonObject {
  const network = networkOf(args);
  const { base, prefix, bits } = network;
  const end = base + sizeOf(network) - 1n;
  const isSmall = bits - prefix < 2;
  return {
    network: written(base, bits),
    netmask: written(2n ** BigInt(bits) - sizeOf(network), bits),
    ...(bits === 32 ? { broadcast: written(end, bits) } : {}),
    firstUsable: written(isSmall ? base : base + 1n, bits),
    lastUsable: written(isSmall || bits === 128 ? end : end - 1n, bits),
    cidr: prefix,
  };
}

const sizeOf = ({ bits, prefix }: Network): bigint => 2n ** BigInt(bits - prefix);

function networkOf(args: Arguments): Network {
  const text = args.text(0);
  const [address = '', length = ''] = text.split('/');
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  if (family === 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits)
    throw args.fail(`'${text}' is not a range of addresses in CIDR notation.`);
  const value = family === 4 ? fromFour(address) : fromSix(address);
  const host = 2n ** BigInt(bits - Number(length));
  return { base: value - (value % host), prefix: Number(length), bits };
}

function fromFour(address: string): bigint {
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function fromSix(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function written(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_group, index) =>
    ((value >> BigInt(112 - index * 16)) & 65_535n).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
