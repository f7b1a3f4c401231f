import type { AzureOptions } from '../../drivers/azure/options.ts';
import { type Expression, property, type Resource, text } from './expression.ts';
import type { TemplateOutput } from './template.ts';

/** Where the machines of a template can be reached, which is known when they are there. */
export function templateOutputs(
  resources: readonly Resource[],
  options: AzureOptions,
  isLoop: boolean,
): readonly TemplateOutput[] {
  const address = addressOf(resources, options);
  if (address === undefined) return [];
  const { tunnel, sshUser, dockerPort } = options;
  const host = tunnel ? text([`ssh://${sshUser}@`, address]) : text(['tcp://', address, `:${dockerPort}`]);
  return [
    { name: isLoop ? 'addresses' : 'address', value: address },
    { name: isLoop ? 'dockerHosts' : 'dockerHost', value: host },
  ];
}

/** As `create` chooses it: private where asked for or where there is no other, else the name, else the public address. */
function addressOf(
  resources: readonly Resource[],
  { usePrivateIp, noPublicIp, dnsLabel }: AzureOptions,
): Expression | undefined {
  const isPrivate = usePrivateIp || noPublicIp;
  const symbol = isPrivate ? 'networkInterface' : 'publicIp';
  const resource = resources.find((one) => one.symbol === symbol);
  if (resource === undefined) return undefined;
  if (isPrivate) return property(resource, 'ipConfigurations[0].properties.privateIPAddress');
  return property(resource, dnsLabel === undefined ? 'ipAddress' : 'dnsSettings.fqdn');
}
