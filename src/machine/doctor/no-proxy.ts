import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy through which Go programs, docker among them, reach an engine with TLS; undefined when there is none. Without its password. */
export function proxyOf(environment: Environment): string | undefined {
  const proxy = environment['HTTPS_PROXY'] || environment['https_proxy'];
  if (!proxy) return undefined;
  if (!URL.canParse(proxy)) return proxy.replace(/^.*@/, '');
  const { protocol, host } = new URL(proxy);
  return host === '' ? proxy.replace(/^.*@/, '') : `${protocol}//${host}`;
}

/**
 * Whether Go programs go to a host past the proxy (golang.org/x/net/http/httpproxy, Config.NoProxy): this computer always; `*`; an
 * address or a block; a domain with all below it, or with a dot before it only those; each with a port or without.
 */
export function goesPast(environment: Environment, host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || isLoopback(name)) return true;
  const list = environment['NO_PROXY'] || environment['no_proxy'] || '';
  return list
    .toLowerCase()
    .split(',')
    .map((member) => member.trim())
    .some((member) => member !== '' && fits(member, name, port));
}

function fits(member: string, host: string, port: number): boolean {
  if (member === '*') return true;
  const [, base = member, itsPort] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(member) ?? [];
  if (itsPort !== undefined && Number(itsPort) !== port) return false;
  const wanted = base.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return wanted.includes('/') ? isInBlock(wanted, host) : wanted === host;
  const domain = wanted.replace(/^\*\./, '.');
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInBlock(block: string, host: string): boolean {
  const [network = '', bits = ''] = block.split('/');
  const family = isIP(network);
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

function isLoopback(host: string): boolean {
  return host === '::1' || isInBlock('127.0.0.0/8', host);
}
