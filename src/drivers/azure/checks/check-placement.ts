import type { ProximityPlacementGroup } from '@azure/arm-compute';
import { findAvailabilitySet } from '../availability-set.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { squeezeLocation } from '../catalogue/location-name.ts';
import { isSameId } from '../naming.ts';
import { findProximityGroup, type ProximityGroup, proximityGroupOf } from '../proximity-group.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { refusal, tryWith } from './refusal.ts';

/** An availability set that is there already must be able to take the machine. @throws PreCreateCheckError */
export async function checkAvailabilitySet(machine: AzureMachine): Promise<void> {
  const { name, options, names } = machine;
  const wanted = names.availabilitySet;
  if (wanted === undefined) return;
  const set = await unlessForbidden(() => findAvailabilitySet(machine, wanted));
  if (set === undefined) return;
  const flag = '--azure-availability-set';
  const another = tryWith(name, 'Another set', `${flag} ${wanted}-2`);
  const { location = options.location } = set;
  if (squeezeLocation(location) !== squeezeLocation(options.location))
    throw refusal(flag, `Availability set ${wanted} is in ${location}, not in ${options.location}.`, [another]);
  if (!/^aligned$/i.test(set.sku?.name ?? ''))
    throw refusal(flag, `Availability set ${wanted} is of kind Classic, which takes no machines with managed disks.`, [
      another,
    ]);
  const counts = [
    ['--azure-fault-domain-count', options.faultDomainCount, set.platformFaultDomainCount],
    ['--azure-update-domain-count', options.updateDomainCount, set.platformUpdateDomainCount],
  ] as const;
  for (const [countFlag, asked, has] of counts)
    if (asked !== undefined && has !== undefined && asked !== has)
      throw refusal(
        countFlag,
        `Availability set ${wanted} exists with ${has} domains, not ${asked}; it cannot change.`,
        [tryWith(name, 'As it is', `${flag} ${wanted} ${countFlag} ${has}`)],
      );
  checkTogether(machine, wanted, set.proximityPlacementGroup?.id);
}

/** All that is in a set is where the set is (learn.microsoft.com, "Proximity placement groups"). */
function checkTogether(machine: AzureMachine, set: string, itsGroup: string | undefined): void {
  const ours = proximityGroupOf(machine)?.id;
  if (isSameId(ours ?? '', itsGroup ?? '')) return;
  const where = itsGroup === undefined ? 'in no proximity placement group' : `in ${itsGroup}`;
  throw refusal(
    '--azure-proximity-placement-group',
    `Availability set ${set} is ${where}, so its machines are as well.`,
    [
      itsGroup === undefined
        ? tryWith(machine.name, 'Without one', `--azure-availability-set ${set}`, 'azure-proximity-placement-group')
        : tryWith(
            machine.name,
            'The same',
            `--azure-availability-set ${set} --azure-proximity-placement-group ${itsGroup}`,
          ),
    ],
  );
}

/** A proximity placement group that is there must suit, and one that was given by its id must be there. @throws PreCreateCheckError */
export async function checkProximityGroup(machine: AzureMachine): Promise<void> {
  const wanted = proximityGroupOf(machine);
  if (wanted === undefined) return;
  const found = await unlessForbidden(async () => (await findProximityGroup(machine, wanted)) ?? 'absent');
  if (found === undefined) return;
  if (found === 'absent') await checkAbsent(machine, wanted);
  else checkFound(machine, wanted, found);
}

async function checkAbsent(machine: AzureMachine, { mustExist, id, group, name }: ProximityGroup): Promise<void> {
  if (mustExist)
    throw refusal(id, `There is no proximity placement group ${id}.`, [
      tryWith(machine.name, 'One that azdock makes', `--azure-proximity-placement-group ${name}`),
    ]);
  if (isSameId(group, machine.names.group)) return;
  const isThere = await unlessForbidden(() =>
    machine.session.call(deed(machine, `find resource group ${group}`, group), undefined, async (to) => {
      const { body } = await (await to.resources()).resourceGroups.checkExistence(group);
      return body;
    }),
  );
  if (isThere === false)
    throw refusal(
      group,
      `There is no resource group ${group} in which proximity placement group ${name} could be made.`,
      [tryWith(machine.name, "In the machine's own group", `--azure-proximity-placement-group ${name}`)],
    );
}

function checkFound({ name, options }: AzureMachine, wanted: ProximityGroup, found: ProximityPlacementGroup): void {
  const flag = '--azure-proximity-placement-group';
  const another = tryWith(name, 'Another group', `${flag} ${wanted.name}-2`);
  const { location = options.location } = found;
  if (squeezeLocation(location) !== squeezeLocation(options.location))
    throw refusal(flag, `Proximity placement group ${wanted.name} is in ${location}, not in ${options.location}.`, [
      another,
    ]);
  const [zone] = found.zones ?? [];
  if (zone !== undefined && zone !== options.availabilityZone)
    throw refusal(
      flag,
      `Proximity placement group ${wanted.name} is in zone ${zone}, and its machines must be there.`,
      [tryWith(name, 'There', `--azure-availability-zone ${zone} ${flag} ${options.proximityPlacementGroup}`), another],
    );
  const sizes = found.intent?.vmSizes ?? [];
  if (sizes.length > 0 && !sizes.some((size) => size.toLowerCase() === options.size.toLowerCase()))
    throw refusal(
      flag,
      `Proximity placement group ${wanted.name} is meant for ${sizes.join(', ')}, not ${options.size}.`,
      [tryWith(name, 'Such a size', `--azure-size ${sizes[0]} ${flag} ${options.proximityPlacementGroup}`)],
    );
}
