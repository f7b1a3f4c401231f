import type { NetworkSecurityGroup, Subnet } from '@azure/arm-network';
import type { AzureMachine } from '../azure-machine.ts';
import { squeezeLocation } from '../catalogue/location-name.ts';
import { freePriority, letsSomebodyIn } from '../judge-rules.ts';
import { isSameId } from '../naming.ts';
import { parseResourceId } from '../resource-id.ts';
import { findSecurityGroup } from '../security-group.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { refusal, tryWith } from './refusal.ts';
import { requireSubscription } from './require-subscription.ts';
import type { Warn } from './warn.ts';

/** A group of the user's has to be there, in the machine's region. Its rules stay; when they let nobody in, that is told. */
export async function checkSecurityGroup(machine: AzureMachine, warn: Warn): Promise<void> {
  const { name, names, options } = machine;
  const place = names.securityGroup;
  if (place === undefined) return;
  requireSubscription(machine, place, '--azure-nsg');
  const found = await unlessForbidden(async () => (await findSecurityGroup(machine, place)) ?? 'absent');
  if (found === undefined) return;
  if (found === 'absent')
    throw refusal(place.id, `There is no network security group ${place.name} in resource group ${place.group}.`, [
      tryWith(name, "One of the machine's own", '--azure-allow-from ADDRESS', 'azure-nsg'),
      { label: 'All there are', command: 'az network nsg list -o table' },
    ]);
  const { location = options.location } = found;
  if (squeezeLocation(location) !== squeezeLocation(options.location))
    throw refusal(
      place.id,
      `Network security group ${place.name} is in ${location}, and ${name} would be in ${options.location}.`,
      [
        tryWith(
          name,
          'There',
          `--azure-location ${squeezeLocation(location)} --azure-nsg ${place.group}:${place.name}`,
        ),
      ],
    );
  hint(machine, found, place, warn);
}

/** Rules of the subnet's own group count as well: both have to let somebody in. */
export async function hintAtSubnetRules(machine: AzureMachine, subnet: Subnet, warn: Warn): Promise<void> {
  const id = subnet.networkSecurityGroup?.id;
  const parsed = id === undefined ? undefined : parseResourceId(id);
  const [name] = parsed?.names ?? [];
  if (parsed === undefined || name === undefined || isSameId(parsed.id, machine.names.ids.securityGroup)) return;
  const place = { group: parsed.group, name };
  const found = await unlessForbidden(() => findSecurityGroup(machine, place));
  if (found !== undefined) hint(machine, found, place, warn);
}

function hint(
  { name, options, session }: AzureMachine,
  found: NetworkSecurityGroup,
  place: { readonly group: string; readonly name: string },
  warn: Warn,
): void {
  const how = { isPrivate: options.usePrivateIp || options.noPublicIp };
  const wanted = [session.cloud.sshPort, ...(options.tunnel ? [] : [options.dockerPort])];
  const closed = wanted.filter((port) => !letsSomebodyIn(found, port, how));
  if (closed.length === 0) return;
  warn(
    `Network security group ${place.name} lets nobody reach TCP port ${closed.join(' and ')}, which ${name} is reached by. To let somebody in: ` +
      `az network nsg rule create -g ${place.group} --nsg-name ${place.name} -n azdock --priority ${freePriority(found)} ` +
      `--protocol Tcp --destination-port-ranges ${closed.join(' ')} --source-address-prefixes ADDRESS`,
  );
}
