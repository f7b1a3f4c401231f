import type { NetworkInterface, NetworkInterfaceIPConfiguration } from '@azure/arm-network';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import type { Cloud } from './clouds.ts';
import { callOptions } from './long-running.ts';
import type { AzureOptions } from './options.ts';
import type { PublicIps } from './public-ip.ts';
import { parseResourceId } from './resource-id.ts';

/** The address that goes into DOCKER_HOST, and every other one under which the machine answers. */
export interface Addresses {
  readonly main: string | undefined;
  readonly others: readonly string[];
}

/**
 * docker-machine's rule: the private IP where asked for or where there is no other, else FQDN with a DNS label, else public IP.
 * Names of the sandbox's machines are in no DNS, so there the public IP stays the one to connect to. IPv6 addresses are others.
 */
export function addresses(
  options: Pick<AzureOptions, 'usePrivateIp' | 'noPublicIp' | 'dnsLabel'>,
  cloud: Pick<Cloud, 'sandbox'>,
  found: Partial<PublicIps> & { readonly nic?: NetworkInterface | undefined },
): Addresses {
  const [privateIp, ...otherPrivate] = primaryFirst(found.nic).map((one) => one.privateIPAddress);
  const publicIp = found.publicIp?.ipAddress;
  const fqdn = options.dnsLabel === undefined ? undefined : found.publicIp?.dnsSettings?.fqdn;
  const name = cloud.sandbox === undefined ? fqdn : undefined;
  const main = options.usePrivateIp || options.noPublicIp ? privateIp : (name ?? publicIp);
  const all = [fqdn, publicIp, found.publicIpV6?.ipAddress, privateIp, ...otherPrivate].filter(
    (address): address is string => address !== undefined && address !== '',
  );
  return { main, others: all.filter((address) => address !== main) };
}

/** Asks Azure for the address; undefined when the machine has none. */
export async function readAddress(machine: AzureMachine, signal?: AbortSignal): Promise<string | undefined> {
  const { names, options, session } = machine;
  const isPrivate = options.usePrivateIp || options.noPublicIp;
  const found = await session.call(
    deed(machine, `tell the address of ${machine.name}`, names.vm),
    signal,
    async (to) => {
      const { networkInterfaces, publicIPAddresses } = await to.network();
      try {
        return isPrivate
          ? { nic: await networkInterfaces.get(groupOf(names.ids.nic), names.nic, callOptions(signal)) }
          : { publicIp: await publicIPAddresses.get(groupOf(names.ids.publicIp), names.publicIp, callOptions(signal)) };
      } catch (error) {
        if (isNotFound(error)) return {};
        throw error;
      }
    },
  );
  return addresses(options, session.cloud, found).main;
}

/** Of a VM that was there before, each may lie in another group. */
function groupOf(id: string): string {
  return parseResourceId(id)?.group ?? '';
}

/** A VM that was there before may have its primary configuration anywhere in the list. */
function primaryFirst(nic: NetworkInterface | undefined): readonly NetworkInterfaceIPConfiguration[] {
  const all = nic?.ipConfigurations ?? [];
  return [...all.filter(({ primary }) => primary === true), ...all.filter(({ primary }) => primary !== true)];
}
