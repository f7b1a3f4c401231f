import { NotRunningError } from '../../errors/not-running-error.ts';
import { type Progress, type StepHandle, silentProgress } from '../../steps/progress.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { COMPUTE_POLL, callOptions, finish } from './long-running.ts';
import { onceFree } from './once-free.ts';
import { machineState, type VmState } from './state.ts';

/** The state now; `NotFound` when there is no VM of that name. */
export async function readState(machine: AzureMachine, signal?: AbortSignal): Promise<VmState> {
  const { names, session } = machine;
  return session.call(deed(machine, `tell the state of ${machine.name}`, names.vm), signal, async ({ compute }) => {
    try {
      const view = await (await compute()).virtualMachines.instanceView(names.group, names.vm, callOptions(signal));
      return withSpot(machineState(view.statuses), machine);
    } catch (error) {
      if (isNotFound(error)) return withSpot({ state: 'NotFound' }, machine);
      throw error;
    }
  });
}

/** Azure seldom says that it was its own doing; of a Spot machine it may have been. */
function withSpot({ state, detail }: VmState, { options }: AzureMachine): VmState {
  if (options.spot && detail === 'deallocated')
    return { state, detail: 'deallocated, perhaps by Azure, as it is a Spot machine' };
  if (state === 'NotFound' && isDeletedOnEviction(options))
    return { state, detail: 'Azure deletes this Spot machine when it needs its place' };
  return { state, ...(detail === undefined ? {} : { detail }) };
}

function isDeletedOnEviction({ spot, spotEvictionPolicy, ephemeralOsDisk }: AzureMachine['options']): boolean {
  return spot && (spotEvictionPolicy === 'delete' || ephemeralOsDisk !== undefined);
}

export async function startMachine(machine: AzureMachine, progress: Progress, signal: AbortSignal): Promise<void> {
  await power(machine, { title: 'Start', verb: 'start', progress, signal }, async (vms, group, vm, options) =>
    finish(vms.start(group, vm, options), signal),
  );
}

/** Starts the VM if it does not run, within a step that is under way. */
export async function ensureRunning(machine: AzureMachine, step: StepHandle, signal: AbortSignal): Promise<void> {
  const { state } = await readState(machine, signal);
  if (state === 'Running' || state === 'Starting') return;
  step.detail('starting it');
  const within: Progress = { ...silentProgress, step: (_title, work) => work(step) };
  await startMachine(machine, within, signal);
}

export async function restartMachine(machine: AzureMachine, progress: Progress, signal: AbortSignal): Promise<void> {
  await power(machine, { title: 'Restart', verb: 'restart', progress, signal }, async (vms, group, vm, options) =>
    finish(vms.restart(group, vm, options), signal),
  );
}

/** `force` pulls the plug instead of shutting down; `deallocate` gives the hardware back, so that it is no longer billed. */
export async function stopMachine(
  machine: AzureMachine,
  how: { readonly deallocate: boolean; readonly force: boolean },
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const title = how.deallocate ? 'Deallocate' : 'Power off';
  await power(machine, { title, verb: 'stop', progress, signal }, async (vms, group, vm, options) => {
    if (how.deallocate)
      return finish(vms.deallocate(group, vm, { ...options, ...(how.force ? { forceDeallocate: true } : {}) }), signal);
    return finish(vms.powerOff(group, vm, { ...options, ...(how.force ? { skipShutdown: true } : {}) }), signal);
  });
}

type VirtualMachines = Awaited<ReturnType<AzureMachine['session']['clients']['compute']>>['virtualMachines'];
type PowerOptions = { updateIntervalInMs: number; abortSignal: AbortSignal };

async function power(
  machine: AzureMachine,
  what: { title: string; verb: string; progress: Progress; signal: AbortSignal },
  work: (vms: VirtualMachines, group: string, vm: string, options: PowerOptions) => Promise<void>,
): Promise<void> {
  const { names, session } = machine;
  const ask = () =>
    session.call(deed(machine, `${what.verb} ${names.vm}`, names.vm), what.signal, async ({ compute }) => {
      const { virtualMachines } = await compute();
      try {
        await work(virtualMachines, names.group, names.vm, { ...COMPUTE_POLL, abortSignal: what.signal });
      } catch (error) {
        if (isNotFound(error)) throw gone(machine);
        throw error;
      }
    });
  await what.progress.step(`${what.title} virtual machine ${names.vm}`, () => onceFree(machine, what.signal, ask));
}

function gone(machine: AzureMachine): NotRunningError {
  const where = `${machine.names.group} (${machine.options.location})`;
  const why = isDeletedOnEviction(machine.options) ? ' Azure deletes this Spot machine when it needs its place.' : '';
  return new NotRunningError(`${machine.name} has no virtual machine in ${where} any more.${why}`, {
    resource: machine.names.ids.vm,
    nextSteps: [{ label: 'Remove what is left of it', command: `azdock rm ${machine.name}` }],
  });
}
