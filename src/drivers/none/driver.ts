import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { MachineRecord } from '../../store/record.ts';
import type { Driver } from '../driver.ts';

/** Nothing but the URL of an engine. azdock reads and forgets such machines; it does not make them yet. */
export function createNoneDriver(record: MachineRecord): Driver {
  const url = record.Driver['URL'];
  const name = record.Driver.MachineName;
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : '';
  return {
    name: 'none',
    describe: async () => String(url ?? ''),
    check: async () => refuse('created', name),
    creationSteps: () => refuse('created', name),
    state: async () => ({ state: 'Running' }),
    address: async () => address || undefined,
    start: async () => refuse('started', name),
    stop: async ({ force }) => refuse(force ? 'killed' : 'stopped', name),
    restart: async () => refuse('restarted', name),
    describeRemoval: () => "only azdock's files about it",
    async remove() {},
  };
}

/** Worded as docker-machine words it (docker/machine:drivers/none). */
function refuse(verb: string, name: string): never {
  throw new UnsupportedError(`hosts without a driver cannot be ${verb}`, { resource: name });
}
