import type { AzureMachine } from '../azure-machine.ts';
import { addressQuotas } from '../catalogue/address-quota.ts';
import { refusal, tryWith } from './refusal.ts';

/**
 * Several machines need as many public addresses. (One alone finds out when its address is made, which is the first thing.)
 * @throws PreCreateCheckError
 */
export async function checkAddressQuota(machine: AzureMachine): Promise<void> {
  const { batch, name, options } = machine;
  if (batch.count === 1) return;
  for (const { name: what, quota, needed } of await addressQuotas(machine)) {
    const wanted = needed * batch.count;
    if (wanted <= quota.left) continue;
    throw refusal(
      options.location,
      `${batch.count} machines need ${wanted} ${what}, and this subscription has ${quota.left} left in ${options.location}.`,
      [tryWith(name, 'Without them', '--azure-no-public-ip', 'azure-dns', 'azure-static-public-ip')],
    );
  }
}
