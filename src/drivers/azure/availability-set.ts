import type { AvailabilitySet } from '@azure/arm-compute';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions } from './long-running.ts';
import type { Making } from './making.ts';
import { sharedTags } from './naming.ts';
import { proximityGroupOf } from './proximity-group.ts';

/** Fault domains that every region has; some have three. */
const FAULT_DOMAINS = 2;
/** Azure's own default (Microsoft.Compute/availabilitySets). */
const UPDATE_DOMAINS = 5;

/** Asks Azure for the set by its name. Undefined when it is not there. */
export async function findAvailabilitySet(
  machine: AzureMachine,
  name: string,
  signal?: AbortSignal,
): Promise<AvailabilitySet | undefined> {
  const { names, session } = machine;
  return session.call(deed(machine, `find availability set ${name}`, name), signal, async (to) =>
    (await to.compute()).availabilitySets.get(names.group, name, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}

/** Makes the availability set that was asked for, where it is absent. It lies in the machine's proximity placement group. */
export async function ensureAvailabilitySet({ machine, creation, signal }: Making): Promise<void> {
  const { names, options, session } = machine;
  const { availabilitySet: name } = names;
  const id = names.ids.availabilitySet;
  if (name === undefined || id === undefined || (await findAvailabilitySet(machine, name, signal))) return;
  const near = proximityGroupOf(machine)?.id;
  const body: AvailabilitySet = {
    location: options.location,
    tags: sharedTags(),
    sku: { name: 'Aligned' },
    platformFaultDomainCount: options.faultDomainCount ?? FAULT_DOMAINS,
    platformUpdateDomainCount: options.updateDomainCount ?? UPDATE_DOMAINS,
    ...(near === undefined ? {} : { proximityPlacementGroup: { id: near } }),
  };
  await creation.journal.intend(id, { shared: true });
  await session.call(deed(machine, `create availability set ${name}`, name), signal, async (to) =>
    (await to.compute()).availabilitySets.createOrUpdate(names.group, name, body, callOptions(signal)),
  );
}
