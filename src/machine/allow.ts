import type { AccessReport } from '../drivers/access.ts';
import { joinErrors } from '../errors/several-errors.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { actOnAll, type HeldMachine } from './act-on-all.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf, openDriver } from './open-driver.ts';

/** Who may reach a machine, and whether that is what the record says. */
export interface MachineAccess extends AccessReport {
  readonly name: string;
  /** Null where the record says nothing about it. */
  readonly recorded: readonly string[] | null;
  /** Somebody has changed azdock's rules in Azure. */
  readonly hasDrifted: boolean;
}

export interface AllowRequest {
  readonly name: string;
  /** Addresses, blocks, service tags, or `*`. */
  readonly sources: readonly string[];
  /** What becomes of those that may come in now. */
  readonly how: 'replace' | 'add' | 'remove';
}

/** Asks Azure who may reach a machine. @throws MachineNotFoundError, UnsupportedError, LoginError, ArmError */
export async function showAccess(name: string, context: MachineContext): Promise<MachineAccess> {
  const { access } = await openDriver(name, context);
  if (access === undefined) throw withoutFirewall(name);
  return machineAccess(name, access.recorded, await access.read(context.signal));
}

/**
 * Changes who may reach a machine's SSH, engine and open ports, in Azure first and then on record.
 * @throws UsageError for what is no source, or would leave nobody; UnsupportedError, LoginError, ArmError
 */
export async function allow(request: AllowRequest, context: MachineContext): Promise<MachineAccess> {
  const { sourceList, parseSources } = await import('../drivers/azure/sources.ts');
  const sources = sourceList(parseSources(request.sources, 'ADDRESS'));
  const { done, failures } = await actOnAll([request.name], context, (held) => change({ ...request, sources }, held));
  const [changed] = done;
  if (changed === undefined) throw joinErrors(failures);
  return changed;
}

async function change(request: AllowRequest, held: HeldMachine): Promise<MachineAccess> {
  const { name } = request;
  const { machine, store, context } = held;
  const { access } = await driverOf(machine, context);
  if (access === undefined) throw withoutFirewall(name);
  const now = request.how === 'replace' ? [] : (await access.read(context.signal)).allowFrom;
  const wanted = combined(request, now);
  return context.progress.step(`Who may reach ${name}`, async () => {
    const report = await access.change(wanted, context.signal);
    if (access.recorded === undefined) return machineAccess(name, undefined, report);
    const allowFrom = [...report.allowFrom];
    await store.updateSidecar(name, (sidecar) => ({ ...sidecar, driver: { ...sidecar.driver, allowFrom } }));
    return machineAccess(name, allowFrom, report);
  });
}

function combined({ name, sources, how }: AllowRequest, now: readonly string[]): readonly string[] {
  if (how === 'replace') return sources;
  if (how === 'add') {
    if (now.includes('*') && !sources.includes('*'))
      throw new UsageError(`Everybody may reach ${name} already. Without --add, only those named may.`, {
        resource: '--add',
        nextSteps: [{ label: 'Only these', command: `azdock allow ${name} ${sources.join(' ')}` }],
      });
    return [...now, ...sources];
  }
  const stranger = sources.find((source) => !includes(now, source));
  if (stranger !== undefined)
    throw new UsageError(`${stranger} is not among those who may reach ${name}: ${now.join(', ')}.`, {
      resource: '--remove',
    });
  const left = now.filter((source) => !includes(sources, source));
  if (left.length === 0)
    throw new UsageError(`Nobody would be left to reach ${name}: name who may instead.`, {
      resource: '--remove',
      nextSteps: [{ label: 'Somebody else', command: `azdock allow ${name} ADDRESS` }],
    });
  return left;
}

function machineAccess(name: string, recorded: readonly string[] | undefined, report: AccessReport): MachineAccess {
  const hasDrifted = recorded !== undefined && !isSame(recorded, report.allowFrom);
  return { name, recorded: recorded ?? null, hasDrifted, ...report };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((source) => includes(other, source));
}

/** Tags are compared without case, as Azure does. */
function includes(list: readonly string[], source: string): boolean {
  return list.some((other) => other.toLowerCase() === source.toLowerCase());
}

function withoutFirewall(name: string): UnsupportedError {
  return new UnsupportedError(`azdock looks after no firewall of ${name}: it is not a machine on Azure.`, {
    resource: name,
  });
}
