import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { ID_TAG } from '../naming.ts';

/** True when the machine's own public address has the DNS label, from an earlier run of its creation. */
export async function holdsLabel(machine: AzureMachine, label: string): Promise<boolean> {
  const { names, session } = machine;
  const found = await session.call(deed(machine, `find public IP ${names.publicIp}`, names.publicIp), undefined, (to) =>
    orAbsent(async () => (await to.network()).publicIPAddresses.get(names.group, names.publicIp)),
  );
  return found?.tags?.[ID_TAG] === machine.id && found.dnsSettings?.domainNameLabel === label;
}

/** True when the machine's own NIC has the private address, from an earlier run of its creation. */
export async function holdsAddress(machine: AzureMachine, address: string): Promise<boolean> {
  const { names, session } = machine;
  const found = await session.call(deed(machine, `find network interface ${names.nic}`, names.nic), undefined, (to) =>
    orAbsent(async () => (await to.network()).networkInterfaces.get(names.group, names.nic)),
  );
  const addresses = found?.ipConfigurations?.map(({ privateIPAddress }) => privateIPAddress) ?? [];
  return found?.tags?.[ID_TAG] === machine.id && addresses.includes(address);
}

async function orAbsent<T>(get: () => Promise<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
