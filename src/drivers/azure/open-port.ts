import { UsageError } from '../../errors/usage-error.ts';

export interface OpenPort {
  /** One port, or `from-to`. */
  readonly ports: string;
  readonly protocol: 'Tcp' | 'Udp' | '*';
}

/** Reads a value of `--azure-open-port`: `port[/protocol]`, tcp when no protocol stands there. @throws UsageError */
export function parseOpenPort(text: string): OpenPort {
  const [ports = '', protocol = 'tcp', ...rest] = text.split('/');
  const known = { tcp: 'Tcp', udp: 'Udp', '*': '*' } as const;
  const name = protocol.toLowerCase();
  if (rest.length > 0 || (name !== 'tcp' && name !== 'udp' && name !== '*'))
    throw new UsageError(`--azure-open-port ${JSON.stringify(text)}: the protocol must be tcp, udp or *.`);
  const numbers = ports.split('-').map((number) => (/^\d{1,5}$/.test(number) ? Number(number) : 0));
  const [from = 0, to = from] = numbers;
  if (ports !== '*' && (numbers.length > 2 || from < 1 || to > 65_535 || to < from))
    throw new UsageError(`--azure-open-port ${JSON.stringify(text)}: expected a port or a range such as 8000-8010.`);
  return { ports, protocol: known[name] };
}
