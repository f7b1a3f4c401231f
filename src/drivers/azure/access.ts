import type { NetworkSecurityGroup, SecurityRule } from '@azure/arm-network';
import { ArmError } from '../../errors/arm-error.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { AccessReport } from '../access.ts';
import { accessRule } from './access-rule.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { inboundRules } from './judge-rules.ts';
import { finish, NETWORK_POLL } from './long-running.ts';
import { findSecurityGroup } from './security-group.ts';
import { isOwnRule, securityRules } from './security-rules.ts';
import { EVERYBODY, requireSources } from './sources.ts';

/** Times that somebody else may change the group between look and change. */
const TRIES = 5;

/** Who may reach the machine, as Azure has it now. @throws UnsupportedError when there is no group; what AzureSession.call throws */
export async function readAccess(machine: AzureMachine, signal?: AbortSignal): Promise<AccessReport> {
  const { names } = machine;
  const found = await findSecurityGroup(machine, placeOf(machine), signal);
  if (found === undefined) throw missing(machine);
  return { group: names.ids.securityGroup, isOwn: names.securityGroup === undefined, ...report(found) };
}

/**
 * Gives azdock's own rules other sources; rules that somebody else added stay. The group changes as a whole, so that at no
 * moment fewer or more may come in than before or after.
 *
 * @throws UsageError for sources that cannot be read; UnsupportedError for a group of the user's; ArmError
 */
export async function changeAccess(
  machine: AzureMachine,
  sources: readonly string[],
  signal: AbortSignal,
): Promise<AccessReport> {
  const allowFrom = requireSources(sources, 'ADDRESS');
  // Rules without sources would be open to everybody.
  if (allowFrom.length === 0) throw new TypeError('nobody would be left to reach the machine');
  const { names } = machine;
  if (names.securityGroup !== undefined) throw foreign(machine, names.securityGroup);
  for (let failures = 1; ; failures += 1) {
    const found = await findSecurityGroup(machine, placeOf(machine), signal);
    if (found === undefined) throw missing(machine);
    try {
      const changed = await put(machine, { ...found, securityRules: merged(machine, found, allowFrom) }, signal);
      return { group: names.ids.securityGroup, isOwn: true, ...report(changed) };
    } catch (error) {
      // Somebody else has changed it meanwhile.
      const isOutdated = error instanceof ArmError && error.azure?.status === 412;
      if (!isOutdated || failures === TRIES) throw error;
    }
  }
}

async function put(
  machine: AzureMachine,
  group: NetworkSecurityGroup,
  signal: AbortSignal,
): Promise<NetworkSecurityGroup> {
  const { names, session } = machine;
  const { location, tags, securityRules: rules, flushConnection, etag } = group;
  const body: NetworkSecurityGroup = {
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    ...(flushConnection === undefined ? {} : { flushConnection }),
    ...(rules === undefined ? {} : { securityRules: rules }),
  };
  const doing = `change firewall ${names.firewall}`;
  return session.call(deed(machine, doing, names.firewall), signal, async (to) => {
    const { networkSecurityGroups } = await to.network();
    const requestOptions = etag === undefined ? {} : { headers: { 'if-match': etag } };
    const how = { ...NETWORK_POLL, abortSignal: signal, requestOptions };
    return finish(networkSecurityGroups.createOrUpdate(names.group, names.firewall, body, how), signal);
  });
}

/** The rules of others as they are, and azdock's, which make way where a priority or a name is taken. */
function merged(
  machine: AzureMachine,
  { securityRules: rules = [] }: NetworkSecurityGroup,
  allowFrom: readonly string[],
) {
  const { options, session } = machine;
  const others = rules.filter((rule) => !isOwnRule(rule));
  const taken = new Set(others.flatMap(({ direction, priority }) => (direction === 'Inbound' ? [priority] : [])));
  const names = new Set(others.map(({ name }) => name?.toLowerCase()));
  const own = securityRules({ ...options, allowFrom, sshPort: session.cloud.sshPort }).map((rule): SecurityRule => {
    let priority = rule.priority ?? 0;
    while (taken.has(priority)) priority += 1;
    taken.add(priority);
    const name = names.has(rule.name?.toLowerCase()) ? `azdock-${rule.name}` : (rule.name ?? '');
    return { ...rule, name, priority };
  });
  return [...others, ...own];
}

function report(group: NetworkSecurityGroup): Pick<AccessReport, 'allowFrom' | 'rules'> {
  const rules = inboundRules({ ...group, defaultSecurityRules: [] }).map(accessRule);
  const allowFrom = [...new Set(rules.filter(({ isOwn, allows }) => isOwn && allows).flatMap(({ from }) => from))];
  return { rules, allowFrom: allowFrom.includes(EVERYBODY) ? [EVERYBODY] : allowFrom };
}

function placeOf({ names }: AzureMachine): { readonly group: string; readonly name: string } {
  return names.securityGroup ?? { group: names.group, name: names.firewall };
}

function foreign({ name }: AzureMachine, place: { readonly group: string; readonly name: string }): UnsupportedError {
  return new UnsupportedError(
    `Network security group ${place.name} is not azdock's: its rules stay as they are, and whoever looks after it changes who may reach ${name}.`,
    {
      resource: place.name,
      nextSteps: [
        { label: 'Its rules', command: `azdock allow ${name}` },
        {
          label: 'Let somebody in',
          command: `az network nsg rule create -g ${place.group} --nsg-name ${place.name} -n NAME --priority NUMBER --protocol Tcp --destination-port-ranges PORT --source-address-prefixes ADDRESS`,
        },
      ],
    },
  );
}

function missing(machine: AzureMachine): UnsupportedError {
  const { group, name } = placeOf(machine);
  return new UnsupportedError(`There is no network security group ${name} in resource group ${group}.`, {
    resource: name,
    nextSteps: [
      { label: 'How it stands', command: `azdock status ${machine.name}` },
      { label: 'All groups', command: `az network nsg list -g ${group} -o table` },
    ],
  });
}
