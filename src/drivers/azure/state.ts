import type { InstanceViewStatus } from '@azure/arm-compute';
import type { MachineState } from '../driver.ts';

/** docker-machine's words for Azure's (docker/machine:drivers/azure/azureutil/powerstate.go). */
const states: Readonly<Record<string, MachineState>> = {
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  deallocating: 'Stopping',
  deallocated: 'Stopped',
};

/** What a VM does, and in Azure's word where it says more: `deallocated`; `evicted` for a Spot VM whose place Azure took. */
export interface VmState {
  readonly state: MachineState;
  readonly detail?: string;
}

/** Reads the statuses of an instance view: `PowerState/running`, `ProvisioningState/succeeded`. */
export function machineState(statuses: readonly InstanceViewStatus[] | undefined): VmState {
  const value = (prefix: string) =>
    statuses
      ?.find(({ code }) => code?.toLowerCase().startsWith(prefix))
      ?.code?.slice(prefix.length)
      .toLowerCase();
  const power = value('powerstate/');
  if (power === 'deallocated' && wasEvicted(statuses)) return { state: 'Stopped', detail: 'evicted' };
  if (power !== undefined) return { state: states[power] ?? 'None', detail: power };
  const provisioning = value('provisioningstate/')?.split('/')[0];
  if (provisioning === 'failed') return { state: 'Error', detail: 'provisioning failed' };
  if (provisioning === 'creating') return { state: 'Starting', detail: 'creating' };
  if (provisioning === 'deleting') return { state: 'Stopping', detail: 'deleting' };
  return { state: 'None' };
}

/** Azure has taken the place of a Spot VM away: no status of its own has a code, but what Azure did stands in one of them. */
function wasEvicted(statuses: readonly InstanceViewStatus[] | undefined): boolean {
  return (statuses ?? []).some(({ code, displayStatus, message }) =>
    [code, displayStatus, message].some((text) => /\b(evict|preempt)/i.test(text ?? '')),
  );
}
