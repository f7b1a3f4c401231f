import type { SecurityRule } from '@azure/arm-network';
import { UsageError } from '../../errors/usage-error.ts';
import { type OpenPort, parseOpenPort } from './open-port.ts';
import { EVERYBODY, parseSources, type Sources } from './sources.ts';

/** Begins the description of each rule that azdock makes: by it a rule is known as azdock's own. */
const OWN = 'azdock: ';
/** Largest priority that a rule of a user can have (learn.microsoft.com, "Network security groups", security rules). */
const LAST_PRIORITY = 4096;

/** What of a machine its inbound rules depend on. */
export interface Openings {
  readonly sshPort: number;
  readonly dockerPort: number;
  /** Docker gets no rule: its engine opens no port. */
  readonly tunnel: boolean;
  readonly openPorts: readonly string[];
  /** Empty for a machine of earlier times: everybody. */
  readonly allowFrom: readonly string[];
}

/**
 * The inbound rules of a machine. Where everybody may come in, they have docker-machine's names and priorities
 * (docker/machine:drivers/azure/util.go), so that a machine looks the same whoever made it.
 *
 * @throws UsageError when an open port or a source cannot be read, or when they make more rules than Azure takes
 */
export function securityRules(machine: Openings): SecurityRule[] {
  const places = rulePlaces(parseSources(machine.allowFrom));
  const ports = distinctPorts(machine.openPorts);
  if (1000 + ports.length * places.length > LAST_PRIORITY)
    throw new UsageError(
      `--azure-open-port: ${ports.length} ports for ${places.length} kinds of sources make more rules than Azure takes.`,
      { resource: '--azure-open-port' },
    );
  return places.flatMap((place, at) => {
    const rule = (name: string, priority: number, port: OpenPort) =>
      allow(`${name}${place.suffix}`, priority, port, place);
    return [
      rule('SSHAllow', 100 + at, { ports: String(machine.sshPort), protocol: 'Tcp' }),
      ...(machine.tunnel
        ? []
        : [rule('DockerAllow', 300 + at, { ports: String(machine.dockerPort), protocol: 'Tcp' })]),
      ...ports.map((port, index) => rule(portName(port), 1000 + at * ports.length + index, port)),
    ];
  });
}

/** True for a rule that azdock or docker-machine made for a machine: it may be replaced. */
export function isOwnRule({ name, description }: Pick<SecurityRule, 'name' | 'description'>): boolean {
  return description?.startsWith(OWN) === true || /^(SSH|Docker|Port[\dA-Za-z-]+)AllowAny$/.test(name ?? '');
}

/** Sources of one rule, as Azure takes them together, and what makes the rule's name its own. */
interface RulePlace {
  readonly suffix: string;
  readonly source: Pick<SecurityRule, 'sourceAddressPrefix' | 'sourceAddressPrefixes'>;
}

/**
 * A rule has addresses of one family, or one tag, or everybody (errors SecurityRuleParameterContainsUnsupportedValue and
 * ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies).
 */
function rulePlaces({ everybody, ipv4, ipv6, tags }: Sources): RulePlace[] {
  const isEmpty = ipv4.length + ipv6.length + tags.length === 0;
  if (everybody || isEmpty) return [{ suffix: 'Any', source: { sourceAddressPrefix: EVERYBODY } }];
  return [
    ...(ipv4.length === 0 ? [] : [{ suffix: '', source: prefixes(ipv4) }]),
    ...(ipv6.length === 0 ? [] : [{ suffix: 'IPv6', source: prefixes(ipv6) }]),
    ...tags.map((tag) => ({ suffix: `-${tag}`, source: { sourceAddressPrefix: tag } })),
  ];
}

function prefixes(list: readonly string[]): RulePlace['source'] {
  const [only] = list;
  return list.length === 1 && only !== undefined ? { sourceAddressPrefix: only } : { sourceAddressPrefixes: [...list] };
}

/** A port that is given twice, as `80` and `80/tcp`, has one rule: names of rules are unique. */
function distinctPorts(texts: readonly string[]): OpenPort[] {
  return [...new Map(texts.map(parseOpenPort).map((port) => [portName(port), port])).values()];
}

function portName({ ports, protocol }: OpenPort): string {
  const words = [ports, protocol].map((word) => (word === '*' ? 'Asterisk' : word));
  return `Port${words.join('-')}Allow`;
}

function allow(name: string, priority: number, { ports, protocol }: OpenPort, { source }: RulePlace): SecurityRule {
  return {
    name,
    description: `${OWN}who may come in is changed by azdock allow`,
    priority,
    protocol,
    access: 'Allow',
    direction: 'Inbound',
    ...source,
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: ports,
  };
}
