import { defaultRecord } from '../../src/store/default-record.ts';
import type { DriverRecord, JsonObject, MachineRecord } from '../../src/store/record.ts';

/** A record of a machine that is not Azure's, with the given keys of its driver. */
export function otherRecord(driver: JsonObject): MachineRecord {
  const record = defaultRecord({
    root: '/store',
    name: 'box',
    driverName: 'other',
    driver: {},
    engine: {},
    tlsSans: [],
  });
  const merged: DriverRecord = { ...record.Driver, ...driver };
  return { ...record, Driver: merged };
}
