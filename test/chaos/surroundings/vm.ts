import { compute, makeMachine, makeNetwork } from '../../sandbox/build-machine.ts';
import type { Surroundings } from '../lane.ts';

export const vmId = (subscription: string, name: string) =>
  `/subscriptions/${subscription}${compute}/virtualMachines/${name}`;

/** Group `rg` with a network and a security group. */
export const network: Surroundings = { name: 'network', make: (azure) => makeNetwork(azure) };

/** A virtual machine `web` in that network, made by other means than azdock. */
export const vm: Surroundings = {
  name: 'vm',
  make: (azure) => makeMachine(azure, 'web', { tags: { team: 'blue' } }),
};
