import * as arm from '../arm/resources.ts';
import type { World } from '../world.ts';
import { internalSuffix } from './internal-name.ts';
import { primaryOf, versionOfConfiguration } from './ip-configurations.ts';
import { ipConfigurationId } from './links.ts';
import { primaryInterface } from './machine-interface.ts';
import type { NetworkInterface } from './network-interface.ts';

/** A network interface as Azure shows it. */
export function renderInterface(nic: NetworkInterface, world: World): unknown {
  const { networkSecurityGroup, ipConfigurations, dnsSettings, ...rest } = nic.properties;
  const suffix = internalSuffix(nic.properties);
  const label = dnsSettings?.internalDnsNameLabel;
  return {
    ...arm.renderBase(nic),
    etag: `W/"${nic.etag}"`,
    properties: {
      provisioningState: nic.state,
      resourceGuid: arm.guidFor(nic.id),
      ipConfigurations: renderConfigurations(nic),
      dnsSettings: {
        dnsServers: dnsSettings?.dnsServers ?? [],
        appliedDnsServers: [],
        ...(label === undefined ? {} : { internalDnsNameLabel: label, internalFqdn: `${label}.${suffix}` }),
        internalDomainNameSuffix: suffix,
      },
      macAddress: nic.macAddress,
      ...rest,
      enableAcceleratedNetworking: rest.enableAcceleratedNetworking ?? false,
      enableIPForwarding: rest.enableIPForwarding ?? false,
      ...(networkSecurityGroup ? { networkSecurityGroup } : {}),
      ...(nic.machine === undefined ? {} : { primary: isPrimary(nic, world), virtualMachine: { id: nic.machine } }),
      hostedWorkloads: [],
      tapConfigurations: [],
      nicType: 'Standard',
    },
  };
}

function isPrimary(nic: NetworkInterface, world: World): boolean {
  const machine = world.state.machines.get(nic.machine ?? '');
  return machine === undefined || arm.sameId(primaryInterface(world, machine)?.id, nic.id);
}

/** The IP configurations of an interface, with the addresses that they were given. */
export function renderConfigurations(nic: NetworkInterface): readonly Record<string, unknown>[] {
  const primary = primaryOf(nic.properties.ipConfigurations);
  return nic.properties.ipConfigurations.map((configuration, index) => ({
    name: configuration.name,
    id: ipConfigurationId(nic, configuration.name),
    etag: `W/"${nic.etag}"`,
    type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    properties: {
      ...configuration.properties,
      provisioningState: nic.state,
      privateIPAddress: nic.privateAddresses[index],
      privateIPAllocationMethod: configuration.properties.privateIPAllocationMethod ?? 'Dynamic',
      privateIPAddressVersion: versionOfConfiguration(configuration),
      primary: configuration === primary,
    },
  }));
}
