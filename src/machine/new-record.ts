import { defaultRecord } from '../store/default-record.ts';
import type { DriverRecord, MachineRecord } from '../store/record.ts';
import type { CreateRequest } from './create-request.ts';
import type { MachineContext } from './machine-context.ts';

/** The record of a machine that is to be made; `driver` are the driver's own keys. */
export function newRecord(request: CreateRequest, driver: DriverRecord, context: MachineContext): MachineRecord {
  const { name, origin, engine, tlsSans, swarm } = request;
  const { caCert, caKey, clientCert, clientKey } = context.tls;
  return defaultRecord({
    root: context.storePath,
    name,
    driverName: origin.driver,
    driver,
    engine,
    tlsSans,
    swarm,
    certificates: {
      ...(caCert === undefined ? {} : { ca: caCert }),
      ...(caKey === undefined ? {} : { caKey }),
      ...(clientCert === undefined ? {} : { cert: clientCert }),
      ...(clientKey === undefined ? {} : { key: clientKey }),
    },
  });
}
