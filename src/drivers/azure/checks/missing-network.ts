import type { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { refusal, tryWith } from './refusal.ts';

/** A network that was named by its id is somebody's: azdock does not make it. */
export function missingNetwork({ name, names }: AzureMachine): PreCreateCheckError {
  return refusal(names.ids.vnet, `There is no virtual network ${names.vnet} in resource group ${names.vnetGroup}.`, [
    tryWith(name, 'Make one', `--azure-vnet ${names.vnet}`),
    { label: 'All there are', command: 'az network vnet list -o table' },
  ]);
}

/** The same of a subnet. */
export function missingSubnet({ name, names }: AzureMachine): PreCreateCheckError {
  const vnet = `${names.vnetGroup}:${names.vnet}`;
  return refusal(names.ids.subnet, `There is no subnet ${names.subnet} in virtual network ${names.vnet}.`, [
    tryWith(name, 'Make it there', `--azure-vnet ${vnet} --azure-subnet ${names.subnet} --azure-subnet-prefix CIDR`),
    {
      label: 'All there are',
      command: `az network vnet subnet list -g ${names.vnetGroup} --vnet-name ${names.vnet} -o table`,
    },
  ]);
}
