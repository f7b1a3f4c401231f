import type { VirtualMachine } from '@azure/arm-compute';
import type { HostLeft } from '../../remains.ts';
import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { callOptions } from '../long-running.ts';
import { ID_TAG } from '../naming.ts';
import { takenName } from '../taken-name.ts';

/**
 * How long a VM that is being made is waited for. Half of them take a minute, few take two (recordings of ARM traffic); what takes longer
 * is made anew.
 */
const MAKING_MS = 180_000;
const POLL_MS = 3_000;

export interface HostSearch {
  readonly signal: AbortSignal;
  /** Called once when the request of an earlier run is still at work. */
  onWait(): void;
}

/**
 * Looks for the machine's VM as an earlier run has left it. One that Azure is still making is waited for.
 * @throws PreCreateCheckError when a VM of that name is somebody else's
 */
export async function findHost(machine: AzureMachine, { signal, onWait }: HostSearch): Promise<HostLeft> {
  const { clock } = machine.session;
  const startMs = clock.now();
  for (let looks = 0; ; looks += 1) {
    const vm = await readVm(machine, signal);
    if (vm === undefined) return 'absent';
    if (vm.tags?.[ID_TAG] !== machine.id) throw takenName(machine);
    const left = judge(vm);
    if (left !== 'in the making') return left;
    if (clock.now() - startMs > MAKING_MS) return 'unusable';
    if (looks === 0) onWait();
    await clock.sleep(POLL_MS, signal);
  }
}

async function readVm(machine: AzureMachine, signal: AbortSignal): Promise<VirtualMachine | undefined> {
  const { names, session } = machine;
  return session.call(deed(machine, `find virtual machine ${names.vm}`, names.vm), signal, async ({ compute }) => {
    const how = { expand: 'instanceView' as const, ...callOptions(signal) };
    return (await compute()).virtualMachines.get(names.group, names.vm, how).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  });
}

/** A VM whose extension failed is itself called failed, with the extension's code in its status; it has booted all the same. */
function judge({ provisioningState, instanceView }: VirtualMachine): HostLeft | 'in the making' {
  switch (provisioningState) {
    case 'Succeeded':
    case 'Updating':
      return 'ready';
    case 'Creating':
      return 'in the making';
    default: {
      const codes = (instanceView?.statuses ?? []).map(({ code }) => code ?? '');
      return codes.some((code) => /^ProvisioningState\/failed\/VMExtension/i.test(code)) ? 'ready' : 'unusable';
    }
  }
}
