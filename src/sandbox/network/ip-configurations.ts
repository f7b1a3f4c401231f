import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { InterfaceProperties, IpConfiguration } from './interface-shape.ts';
import { checkName } from './resource-name.ts';

/** The IP configuration that counts: the one that says so, or the first. */
export function primaryOf(configurations: readonly IpConfiguration[]): IpConfiguration | undefined {
  return configurations.find(({ properties }) => properties.primary) ?? configurations[0];
}

export function versionOfConfiguration({ properties }: IpConfiguration): 'IPv4' | 'IPv6' {
  return properties.privateIPAddressVersion ?? 'IPv4';
}

/**
 * What several IP configurations of one interface may be: https://learn.microsoft.com/azure/virtual-network/ip-services/virtual-network-network-interface-addresses
 * That page has no codes; those about the primary one and about IPv6 are the sandbox's own.
 *
 * @throws ArmProblem 400
 */
export function checkConfigurations(id: string, { ipConfigurations }: InterfaceProperties): void {
  const refuse = (code: string, why: string): ArmProblem =>
    new ArmProblem(400, code, `Network interface ${id}: ${why}`);
  for (const { name } of ipConfigurations) checkName(name);
  if (ipConfigurations.length === 0)
    throw refuse(
      'NetworkInterfaceMustHaveIpConfigurationOrAttachedElasticNetworkInterface',
      'it has no IP configuration.',
    );
  const names = ipConfigurations.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length)
    throw refuse('InvalidRequestFormat', 'two of its IP configurations have the same name.');
  const marked = ipConfigurations.filter(({ properties }) => properties.primary);
  if (marked.length > 1)
    throw refuse('MoreThanOnePrimaryIpConfiguration', 'only one IP configuration can be the primary one.');
  if (marked.length === 0 && ipConfigurations.length > 1)
    throw refuse('PrimaryIpConfigurationNotSpecified', 'one of several IP configurations must be the primary one.');
  const primary = primaryOf(ipConfigurations);
  if (primary && versionOfConfiguration(primary) === 'IPv6')
    throw refuse(
      'PrimaryIpConfigurationMustBeIPv4',
      `its primary IP configuration ${primary.name} must be of version IPv4.`,
    );
  if (ipConfigurations.filter((one) => versionOfConfiguration(one) === 'IPv6').length > 1)
    throw refuse('MoreThanOneIPv6IpConfiguration', 'only one IP configuration can be of version IPv6.');
  const subnet = primary?.properties.subnet?.id;
  const stray = ipConfigurations.find(
    ({ properties }) => subnet !== undefined && !sameId(properties.subnet?.id, subnet),
  );
  if (stray?.properties.subnet)
    throw refuse(
      'IpConfigurationsOnSameNicCannotUseDifferentSubnets',
      `IP configurations on the same interface cannot use different subnets: ${subnet}, ${stray.properties.subnet.id}.`,
    );
}
