import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { COMPUTE_POLL, callOptions, finish } from '../long-running.ts';
import { ADOPTED_TAG, ID_TAG, MACHINE_TAG, machineTags, STORE_TAG } from '../naming.ts';
import { onceFree } from '../once-free.ts';
import { tagOf } from '../leftovers/tagged-resource.ts';

type Tags = Readonly<Record<string, string>>;

/** Says on the VM which machine it is. Other tags stay. @throws ArmError */
export async function tagVm(machine: AzureMachine, signal: AbortSignal): Promise<void> {
  await change(machine, signal, (tags) => ({ ...without(tags), ...machineTags(machine) }));
}

/** Takes azdock's tags off the VM, so far as they are this machine's. Nothing is to be done when the VM is gone. @throws ArmError */
export async function untagVm(machine: AzureMachine, signal: AbortSignal): Promise<void> {
  await change(machine, signal, (tags) => (tagOf(tags, ADOPTED_TAG) === machine.id ? without(tags) : undefined));
}

async function change(
  machine: AzureMachine,
  signal: AbortSignal,
  wanted: (tags: Tags) => Tags | undefined,
): Promise<void> {
  const { names, session } = machine;
  const doing = `change the tags of ${names.vm}`;
  await onceFree(machine, signal, () =>
    session.call(deed(machine, doing, names.ids.vm), signal, async ({ compute }) => {
      const { virtualMachines } = await compute();
      const found = await virtualMachines.get(names.group, names.vm, callOptions(signal)).catch((error: unknown) => {
        if (isNotFound(error)) return undefined;
        throw error;
      });
      const tags = found && wanted(found.tags ?? {});
      if (tags === undefined) return;
      const how = { ...COMPUTE_POLL, abortSignal: signal };
      await finish(virtualMachines.update(names.group, names.vm, { tags: { ...tags } }, how), signal);
    }),
  );
}

function without(tags: Tags): Tags {
  const own = new Set([MACHINE_TAG, ID_TAG, ADOPTED_TAG, STORE_TAG]);
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !own.has(name.toLowerCase())));
}
