import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { DriverRecord } from '../../store/record.ts';
import type { Driver } from '../driver.ts';

/** Nothing but the URL of an engine that somebody else runs. It is written down and never touched. */
export function createNoneDriver(record: DriverRecord): Driver {
  const { MachineName: name } = record;
  const url = String(record['URL'] ?? '');
  const address = URL.canParse(url) ? new URL(url).hostname : '';
  return {
    name: 'none',
    describe: async () => url,
    async check() {},
    creationSteps: () => [],
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
