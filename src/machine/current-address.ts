import type { Driver } from '../drivers/driver.ts';
import { NotRunningError } from '../errors/not-running-error.ts';
import type { HeldMachine } from './act-on-all.ts';
import { checkedHost } from './address.ts';
import { refreshDockerContexts } from './docker-context-sync.ts';

/** A machine whose record has the address under which it is reached now. */
export interface LocatedMachine {
  readonly held: HeldMachine;
  readonly host: string;
}

/**
 * Asks the driver for the address and puts it on record where it has changed: a private or dynamic one may be another after
 * each start.
 * @throws NotRunningError when the machine has none
 */
export async function locate(held: HeldMachine, driver: Driver): Promise<LocatedMachine> {
  const { name, machine, store, context } = held;
  const found = await driver.address(context.signal);
  if (found === undefined) throw noAddress(name);
  const host = checkedHost(found, name);
  const before = machine.record.Driver.IPAddress;
  if (before === host) return { held, host };
  const record = { ...machine.record, Driver: { ...machine.record.Driver, IPAddress: host } };
  await store.saveRecord(name, record);
  await refreshDockerContexts(name, context);
  if (before !== '') context.progress.info(`The address is ${host} now; it was ${before}.`);
  return { held: { ...held, machine: { ...machine, record } }, host };
}

function noAddress(name: string): NotRunningError {
  return new NotRunningError(`${name} has no address.`, {
    resource: name,
    nextSteps: [{ label: 'How it stands', command: `azdock status ${name}` }],
  });
}
