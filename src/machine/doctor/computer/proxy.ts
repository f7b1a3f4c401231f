import { loadRecordSync } from '../../../store/load.ts';
import { machineNamesSync } from '../../../store/names.ts';
import { enginePort, recordedAddress } from '../../address.ts';
import type { Check } from '../check.ts';
import { advice, ok, warning } from '../finding.ts';
import { goesPast, proxyOf } from '../no-proxy.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** Docker's command goes through a proxy to engines, too, unless NO_PROXY names them. */
export const proxy: Check<ComputerSubject> = {
  id: 'proxy',
  title: 'Proxy',
  async run({ context: { environment, storePath } }) {
    const through = proxyOf(environment);
    if (through === undefined) return ok('None is set.');
    const machines = addresses(storePath);
    const caught = machines.filter(({ host, port }) => !goesPast(environment, host, port));
    const [first] = caught;
    if (first === undefined)
      return ok(machines.length === 0 ? `${through}.` : `${through}; docker goes past it to every machine.`);
    const missing = caught.map(({ host }) => host).join(',');
    return warning(
      `docker would go to ${first.name} (${first.host}) through the proxy ${through}${caught.length === 1 ? '' : `, and to ${caught.length - 1} more`}.`,
      advice(`Add to NO_PROXY: ${missing}; or point the shell with azdock env --no-proxy ${first.name}.`),
    );
  },
};

function addresses(
  storePath: string,
): readonly { readonly name: string; readonly host: string; readonly port: number }[] {
  return machineNamesSync(storePath).flatMap((name) => {
    try {
      const { record } = loadRecordSync(storePath, name);
      const host = recordedAddress(record);
      return host === undefined ? [] : [{ name, host, port: enginePort(record) }];
    } catch {
      // The check of the records tells of it.
      return [];
    }
  });
}
