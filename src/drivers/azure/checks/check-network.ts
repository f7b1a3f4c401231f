import type { VirtualNetwork } from '@azure/arm-network';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { squeezeLocation } from '../catalogue/location-name.ts';
import { isSameId } from '../naming.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { findSubnet, findVirtualNetwork } from '../virtual-network.ts';
import { checkNewSubnet, checkPrefix, checkSubnet } from './check-subnet.ts';
import { checkSecurityGroup } from './check-security-group.ts';
import { missingNetwork, missingSubnet } from './missing-network.ts';
import { refusal, tryWith } from './refusal.ts';
import { requireSubscription } from './require-subscription.ts';
import type { Warn } from './warn.ts';

/** Checks of the network that the machine is to be in; each is independent of the others. */
export function networkChecks(machine: AzureMachine, warn: Warn): readonly Promise<void>[] {
  hintAtPrivateAddress(machine, warn);
  return [checkNetwork(machine, warn), checkSecurityGroup(machine, warn), checkAcceleratedNetworking(machine)];
}

/** A person at a laptop waits in vain for what a program inside the network reaches at once (docker/machine#3249). */
function hintAtPrivateAddress({ name, options, dependencies }: AzureMachine, warn: Warn): void {
  if (!dependencies.interactive || !(options.noPublicIp || options.usePrivateIp)) return;
  warn(
    `${name} will be reached at its private address only: this computer has to be inside its network, or joined to it by a VPN, a peering or ExpressRoute.`,
  );
}

/** A machine only joins a network of its own region and subscription. What this login may not read is left to Azure. */
async function checkNetwork(machine: AzureMachine, warn: Warn): Promise<void> {
  const { names, options, name } = machine;
  requireSubscription(machine, names.place.vnet, '--azure-vnet');
  const found = await unlessForbidden(async () => (await findVirtualNetwork(machine)) ?? 'absent');
  if (found === undefined) return;
  if (found === 'absent') return checkAbsent(machine);
  const { location = options.location } = found;
  if (squeezeLocation(location) !== squeezeLocation(options.location)) {
    const there = squeezeLocation(location);
    throw refusal(
      names.ids.vnet,
      `Network ${names.vnet} is in ${location}, and ${name} would be in ${options.location}.`,
      [
        tryWith(name, 'There', `--azure-location ${there}`),
        tryWith(name, 'Another network', `--azure-vnet ${names.vnet}-${squeezeLocation(options.location)}`),
      ],
    );
  }
  await checkFound(machine, found, warn);
}

async function checkFound(machine: AzureMachine, network: VirtualNetwork, warn: Warn): Promise<void> {
  const subnet = findSubnet(network, machine);
  if (subnet !== undefined) return checkSubnet(machine, subnet, warn);
  if (machine.names.place.byId) throw missingSubnet(machine);
  checkNewSubnet(machine, network);
}

async function checkAbsent(machine: AzureMachine): Promise<void> {
  const { names, options } = machine;
  if (names.place.vnet.byId) throw missingNetwork(machine);
  checkPrefix(machine, [options.subnetPrefix]);
  if (isSameId(names.vnetGroup, names.group) || (await hasGroup(machine, names.vnetGroup)) !== false) return;
  throw refusal(
    names.vnetGroup,
    `There is no resource group ${names.vnetGroup} in which network ${names.vnet} could be made.`,
    [
      tryWith(machine.name, "In the machine's own group", `--azure-vnet ${names.vnet}`),
      {
        label: 'Make the group',
        command: `az group create -n ${names.vnetGroup} -l ${squeezeLocation(options.location)}`,
      },
    ],
  );
}

/** Undefined when this login may not ask. */
async function hasGroup(machine: AzureMachine, group: string): Promise<boolean | undefined> {
  return unlessForbidden(() =>
    machine.session.call(deed(machine, `find resource group ${group}`, group), undefined, async (to) => {
      const { body } = await (await to.resources()).resourceGroups.checkExistence(group);
      return body;
    }),
  );
}

/** Azure: VMSizeIsNotPermittedToEnableAcceleratedNetworking. A size that is not there at all is told by another check. */
async function checkAcceleratedNetworking(machine: AzureMachine): Promise<void> {
  const { name, options } = machine;
  if (!options.acceleratedNetworking) return;
  const size = (await machine.sizes())?.find(options.size);
  if (size === undefined || size.hasAcceleratedNetworking) return;
  throw refusal('--azure-accelerated-networking', `${options.size} has no accelerated networking.`, [
    tryWith(name, 'Another size', '--azure-accelerated-networking --azure-size Standard_D2s_v5'),
    tryWith(name, 'Without it', `--azure-size ${options.size}`, 'azure-accelerated-networking'),
  ]);
}
