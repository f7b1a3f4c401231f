import type { Remains } from '../../remains.ts';
import type { AzureMachine } from '../azure-machine.ts';

/** What creations leave in Azure. The code is loaded when it is used. */
export function azureRemains(open: () => Promise<AzureMachine>): Remains {
  return {
    async list(journal, signal) {
      const { listRemains } = await import('./list-remains.ts');
      return listRemains(await open(), journal, signal);
    },
    async findHost(search) {
      const { findHost } = await import('./find-host.ts');
      return findHost(await open(), search);
    },
    async clear(how, journal, signal) {
      const { clearRemains } = await import('./clear-remains.ts');
      await clearRemains(await open(), how, journal, signal);
    },
  };
}
