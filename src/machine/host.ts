import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { MachineRecord } from '../store/record.ts';

/** @throws UnsupportedError for a machine that is nothing but the URL of an engine */
export function requireHost(record: MachineRecord): void {
  if (record.DriverName !== 'none') return;
  throw new UnsupportedError(`${record.Name} is a URL without a host: there is nothing to put anything on.`, {
    resource: record.Name,
  });
}
