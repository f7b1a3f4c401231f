import type { ProximityPlacementGroup } from '@azure/arm-compute';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions } from './long-running.ts';
import type { Making } from './making.ts';
import { sharedTags } from './naming.ts';
import { parseResourceId } from './resource-id.ts';

/** The proximity placement group of a machine. */
export interface ProximityGroup {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  /** It was given by its id: then it has to be there, and is never made. */
  readonly mustExist: boolean;
}

/** What `--azure-proximity-placement-group` means: `[group:]name`, or a resource id. Undefined without one. */
export function proximityGroupOf({
  options,
  names,
  session,
}: Pick<AzureMachine, 'options' | 'names' | 'session'>): ProximityGroup | undefined {
  const text = options.proximityPlacementGroup;
  if (text === undefined) return undefined;
  const parsed = parseResourceId(text);
  if (parsed !== undefined) return { id: text, group: parsed.group, name: parsed.names[0] ?? '', mustExist: true };
  const [first = '', second] = text.split(':');
  const [group, name] = second === undefined ? [names.group, first] : [first, second];
  const id = `/subscriptions/${session.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/proximityPlacementGroups/${name}`;
  return { id, group, name, mustExist: false };
}

/** Asks Azure for it. Undefined when it is not there. */
export async function findProximityGroup(
  machine: AzureMachine,
  { id, group, name }: ProximityGroup,
  signal?: AbortSignal,
): Promise<ProximityPlacementGroup | undefined> {
  const what = deed(machine, `find proximity placement group ${name}`, id);
  return machine.session.call(what, signal, async (to) =>
    (await to.compute()).proximityPlacementGroups.get(group, name, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}

/** Makes the proximity placement group where it is absent. Machines share it. */
export async function ensureProximityGroup({ machine, creation, signal }: Making): Promise<void> {
  const wanted = proximityGroupOf(machine);
  if (wanted === undefined || wanted.mustExist || (await findProximityGroup(machine, wanted, signal))) return;
  const { group, name, id } = wanted;
  const body = { location: machine.options.location, tags: sharedTags(), proximityPlacementGroupType: 'Standard' };
  await creation.journal.intend(id, { shared: true });
  await machine.session.call(deed(machine, `create proximity placement group ${name}`, id), signal, async (to) =>
    (await to.compute()).proximityPlacementGroups.createOrUpdate(group, name, body, callOptions(signal)),
  );
}
