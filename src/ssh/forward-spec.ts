import { UsageError } from '../errors/usage-error.ts';

/** Where something listens or is to be reached: a TCP port, or the path of a socket. */
export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string };

/** One forwarding, as `-L`, `-R` and `-D` of ssh describe it. */
export type ForwardSpec =
  | { readonly kind: 'local'; readonly listen: Endpoint; readonly target: Endpoint }
  | { readonly kind: 'remote'; readonly listen: TcpEndpoint; readonly target: Endpoint }
  /** A SOCKS proxy here; the host opens the connections. */
  | { readonly kind: 'dynamic'; readonly listen: TcpEndpoint };
export type TcpEndpoint = Extract<Endpoint, { port: number }>;

/**
 * Reads the value of `-L`, `-R` or `-D`: `[BIND:]PORT:HOST:PORT`, a path in place of either pair, `[BIND:]PORT` for `-D`; IPv6
 * addresses in brackets (ssh(1)). Without BIND only this computer, or the host itself, can connect.
 *
 * @throws UsageError
 */
export function parseForward(flag: string, value: string): ForwardSpec {
  const parts = [...value.matchAll(/\[([^\]]*)\]|([^:]+)|(?<=:)(?=:)/g)].map((match) => match[1] ?? match[2] ?? '');
  const refuse = (): never => {
    const form = flag === 'D' ? '[BIND:]PORT' : '[BIND:]PORT:HOST:PORT';
    throw new UsageError(`-${flag} takes ${form}, not "${value}".`, { resource: `-${flag}` });
  };
  const take = (): Endpoint => {
    const last = parts.pop() ?? refuse();
    if (last.startsWith('/')) return { path: last };
    const port = /^\d{1,5}$/.test(last) ? Number(last) : refuse();
    if (port > 65535) refuse();
    return { host: parts.pop() ?? '', port };
  };
  const bound = (end: Endpoint): Endpoint =>
    'path' in end ? end : { port: end.port, host: end.host === '' ? 'localhost' : end.host === '*' ? '' : end.host };
  const tcp = (end: Endpoint): TcpEndpoint => ('path' in end ? refuse() : end);

  const last = take();
  if (flag === 'D') return parts.length > 0 ? refuse() : { kind: 'dynamic', listen: tcp(bound(last)) };
  if (!('path' in last) && (last.host === '' || last.port === 0)) refuse();
  const listen = bound(take());
  if (parts.length > 0) refuse();
  if (flag === 'L') return { kind: 'local', listen, target: last };
  return { kind: 'remote', listen: tcp(listen), target: last };
}
