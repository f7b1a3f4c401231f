import type { EngineVersion } from '../engine/client.ts';
import { recallProvisioning } from '../provision/remembered.ts';
import { actOnAll, type HeldMachine, type Outcome } from './act-on-all.ts';
import type { UpMachine } from './bring-up.ts';
import { type LocatedMachine, locate } from './current-address.ts';
import { requireHost } from './host.ts';
import { machineUrl } from './machine-url.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { renewCertificates } from './renew-certificates.ts';
import { reprovision } from './reprovision.ts';
import { requireRunning } from './require-running.ts';
import { servingCertificates } from './serving-certificates.ts';
import type { Driver } from '../drivers/driver.ts';

/**
 * Runs machines' provisioners again with what is on record: puts right what somebody changed on the host, and completes a
 * machine whose creation failed after its VM was there. The certificates stay unless they do not serve any more.
 *
 * @throws as `actOnAll`
 */
export async function provisionMachines(
  names: readonly string[],
  context: MachineContext,
): Promise<Outcome<UpMachine>> {
  return actOnAll(names, context, provisionMachine);
}

async function provisionMachine(found: HeldMachine): Promise<UpMachine> {
  const { name, machine, context } = found;
  requireHost(machine.record);
  const driver = await driverOf(machine, context);
  await requireRunning(name, driver, context.signal);
  const located = await locate(found, driver);
  warnAboutLogin(found);
  const { version } = await provisioned(located, driver);
  const url = machineUrl(machine, located.host, context);
  return { name, address: located.host, url, engineVersion: version };
}

async function provisioned({ held, host }: LocatedMachine, driver: Driver): Promise<EngineVersion> {
  const kept = await servingCertificates(held, host);
  if ('unfit' in kept) return renewCertificates({ held, driver, host, because: kept.unfit });
  return reprovision({ held, driver, host, certificates: kept.certificates, title: `Docker engine on ${held.name}` });
}

/** A machine that was ready once has logged in; of one that was not, the password is gone. */
function warnAboutLogin({ machine, context }: HeldMachine): void {
  const { sidecar } = machine;
  const { login } = recallProvisioning(sidecar?.provision);
  if (login === undefined || sidecar?.phase === 'ready') return;
  const where = login.server ?? 'Docker Hub';
  context.progress.warn(`${login.username} is not logged in to ${where}: azdock does not keep the password.`);
}
