import type { PreviewedQuota } from '../../driver-preview.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { addressQuotas } from '../catalogue/address-quota.ts';
import type { Quota } from '../catalogue/core-quota.ts';
import { quotasFor } from '../catalogue/obstacle.ts';

/** Quotas that the machines of the command count against: vCPUs of family and region, or of Spot, and public addresses. */
export async function previewQuotas(machine: AzureMachine): Promise<readonly PreviewedQuota[]> {
  const { batch, options } = machine;
  const catalogue = await machine.sizes();
  const size = catalogue?.find(options.size);
  const cores = catalogue === undefined || size === undefined ? [] : quotasFor(size, options, catalogue);
  return [
    ...cores.flatMap(({ name, quota }) => (quota ? [after(name, quota, (size?.vCpus ?? 0) * batch.count)] : [])),
    ...(await addressQuotas(machine)).map(({ name, quota, needed }) => after(name, quota, needed * batch.count)),
  ];
}

function after(name: string, { limit, used }: Quota, needed: number): PreviewedQuota {
  return { name, limit, used, needed, left: Math.max(0, limit - used - needed) };
}
