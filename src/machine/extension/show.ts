import type { Driver } from '../../drivers/driver.ts';
import type { ExtensionInspection, ExtensionStatus } from '../../drivers/extensions.ts';
import type { HostReport } from '../../provision/host-report.ts';
import type { StoredMachine } from '../../store/load.ts';
import { openStore } from '../../store/store.ts';
import { endpointOf } from '../endpoint.ts';
import { requireHost } from '../host.ts';
import type { MachineContext } from '../machine-context.ts';
import { driverOf } from '../open-driver.ts';
import { requireRunning } from '../require-running.ts';
import { type HandlerOutput, handlerOutput } from './handler-output.ts';
import { ownExtensions } from './own-extension.ts';

/** An extension as Azure reports it. Keys are stable: programs read them. */
export interface ShownExtension extends HandlerOutput {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  /** As asked for: `major.minor`. */
  readonly version: string;
  readonly provisioningState: string;
  /** Null when the VM's agent has not reported, as when the VM is off. */
  readonly handlerVersion: string | null;
  readonly handlerStatus: string | null;
  /** Null when the region does not publish the type any more. */
  readonly newestVersion: string | null;
  /** When the handler reported last, ISO 8601. */
  readonly time: string | null;
  /** Public ones; protected settings never come back from Azure. */
  readonly settings: unknown;
  readonly statuses: readonly ExtensionStatus[];
  readonly substatuses: readonly ExtensionStatus[];
}

/** What is known of how Docker got onto a machine. */
export interface ShownProvisioner {
  readonly name: string;
  /** Null for a machine that azdock did not provision. */
  readonly provisioner: string | null;
  /** Null when there is none. */
  readonly extension: ShownExtension | null;
  /** The host's own words, over SSH, where no extension speaks for it: provisioners cloud-init and ssh. */
  readonly host: HostReport | null;
}

/**
 * How a machine's extension stands in Azure, or where there is none, how the host stands. Nothing is changed.
 * @throws MachineNotFoundError, UnsupportedError for a machine without a host; NotRunningError, SshError where the host has to be asked;
 *   ArmError
 */
export async function showExtension(name: string, context: MachineContext): Promise<ShownProvisioner> {
  const store = openStore(context.storePath, context.clock);
  const machine = await store.load(name);
  requireHost(machine.record);
  const driver = await driverOf(machine, context);
  const provisioner = machine.sidecar?.provisioner ?? null;
  const found = await inspectOwn(driver, machine, context.signal);
  const isByExtension = provisioner === 'docker-extension' || provisioner === 'custom-script';
  const asksHost = !isByExtension || found === undefined;
  return {
    name,
    provisioner,
    extension: found === undefined ? null : shown(found),
    host: asksHost ? await askHost({ name, machine, driver, context }) : null,
  };
}

async function inspectOwn(
  driver: Driver,
  { sidecar }: StoredMachine,
  signal: AbortSignal,
): Promise<ExtensionInspection | undefined> {
  for (const name of driver.extensions === undefined ? [] : ownExtensions(sidecar)) {
    const found = await driver.extensions?.inspect(name, signal);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown({ handler, newestVersion, ...found }: ExtensionInspection): ShownExtension {
  const { name, publisher, type, version, provisioningState, message, settings, statuses, substatuses } = found;
  return {
    name,
    publisher,
    type,
    version,
    provisioningState,
    handlerVersion: handler?.version ?? null,
    handlerStatus: handler?.status ?? null,
    newestVersion: newestVersion ?? null,
    ...handlerOutput(message),
    time: statuses.find(({ time }) => time !== undefined)?.time ?? null,
    settings: settings ?? null,
    statuses,
    substatuses,
  };
}

interface HostQuestion {
  readonly name: string;
  readonly machine: StoredMachine;
  readonly driver: Driver;
  readonly context: MachineContext;
}

async function askHost({ name, machine, driver, context }: HostQuestion): Promise<HostReport> {
  const { signal, storePath, clock } = context;
  await requireRunning(name, driver, signal);
  const [{ openSsh }, { sshAccess }, { readHostReport }] = await Promise.all([
    import('../open-ssh.ts'),
    import('../ssh-access.ts'),
    import('../../provision/host-report.ts'),
  ]);
  const store = openStore(storePath, clock);
  const { host } = await endpointOf(name, context);
  const session = await openSsh(sshAccess(machine, host, store), context, signal);
  try {
    return await readHostReport(session, signal);
  } finally {
    session.close();
  }
}
