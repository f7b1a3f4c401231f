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

/** Reads the statuses of an instance view: `PowerState/running`, `ProvisioningState/succeeded`. */
export function machineState(statuses: readonly InstanceViewStatus[] | undefined): {
  state: MachineState;
  detail?: string;
} {
  const value = (prefix: string) =>
    statuses
      ?.find(({ code }) => code?.toLowerCase().startsWith(prefix))
      ?.code?.slice(prefix.length)
      .toLowerCase();
  const power = value('powerstate/');
  if (power !== undefined) return { state: states[power] ?? 'None', detail: power };
  const provisioning = value('provisioningstate/')?.split('/')[0];
  if (provisioning === 'failed') return { state: 'Error', detail: 'provisioning failed' };
  if (provisioning === 'creating') return { state: 'Starting', detail: 'creating' };
  if (provisioning === 'deleting') return { state: 'Stopping', detail: 'deleting' };
  return { state: 'None' };
}
