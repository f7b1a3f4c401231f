import { formatRecord } from '../store/codec.ts';
import { loadRecordSync } from '../store/load.ts';
import type { MachineRecord } from '../store/record.ts';
import type { MachineContext } from './machine-context.ts';

/** A machine's record, as object and as docker-machine prints it. No network, nothing written. */
export function inspectMachine(name: string, context: MachineContext): { record: MachineRecord; text: string } {
  const { record } = loadRecordSync(context.storePath, name);
  return { record, text: formatRecord(record) };
}
