import type { SecurityRule } from '@azure/arm-network';
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

/**
 * The inbound rules of a machine, with docker-machine's names and priorities (docker/machine:drivers/azure/util.go), so that
 * a machine looks the same whoever made it.
 *
 * @throws UsageError when an open port cannot be read
 */
export function securityRules(machine: {
  sshPort: number;
  dockerPort: number;
  openPorts: readonly string[];
}): SecurityRule[] {
  const extra = machine.openPorts.map((text, index) => {
    const { ports, protocol } = parseOpenPort(text);
    const words = [ports, protocol].map((word) => (word === '*' ? 'Asterisk' : word));
    return allow(`Port${words.join('-')}AllowAny`, 1000 + index, ports, protocol);
  });
  return [
    allow('SSHAllowAny', 100, String(machine.sshPort), 'Tcp'),
    allow('DockerAllowAny', 300, String(machine.dockerPort), 'Tcp'),
    ...extra,
  ];
}

function allow(name: string, priority: number, ports: string, protocol: OpenPort['protocol']): SecurityRule {
  return {
    name,
    priority,
    protocol,
    access: 'Allow',
    direction: 'Inbound',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: ports,
  };
}
