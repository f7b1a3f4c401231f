import { enginePort } from '../../address.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { command, ok, warning } from '../finding.ts';
import { goesPast, proxyOf } from '../no-proxy.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Docker's command goes through a proxy to the engine, too, unless NO_PROXY names it. */
export const machineProxy: Check<MachineSubject> = {
  id: 'proxy',
  title: 'Proxy',
  applies: ({ stored }) => !hasTunnel(stored),
  async run({ name, stored, host, context: { environment } }) {
    const through = proxyOf(environment);
    if (through === undefined) return ok('None is set.');
    const address = await host();
    if (goesPast(environment, address, enginePort(stored.record))) return ok(`docker goes past ${through}.`);
    return warning(
      `docker would go to ${address} through the proxy ${through}.`,
      command(`eval "$(azdock env --no-proxy ${name})"`),
    );
  },
};
