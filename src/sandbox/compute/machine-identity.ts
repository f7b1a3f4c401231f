import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import * as arm from '../arm/resources.ts';
import { principalOf } from '../managed-identity/user-identity.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import type { IdentityBody } from './identity-shape.ts';

/** Who a machine is towards other services. */
export interface MachineIdentity {
  readonly isSystemAssigned: boolean;
  /** Ids of user-assigned identities, as they were written. */
  readonly userAssigned: readonly string[];
}

/**
 * The identity that a body asks for; `before` is what the machine has, which a PATCH adds to.
 *
 * @throws ArmProblem 400 when a user-assigned identity does not exist, or type and list contradict each other
 */
export function readIdentity(
  world: World,
  machine: Resource,
  { body, before }: { readonly body: IdentityBody | undefined; readonly before?: MachineIdentity | undefined },
): MachineIdentity | undefined {
  if (!body) return before;
  const { type = 'None', userAssignedIdentities = {} } = body;
  const named = Object.entries(userAssignedIdentities);
  const wantsUser = type.includes('UserAssigned');
  if (!wantsUser && named.length > 0)
    throw failed(
      machine,
      `The request format was unexpected, a non-UserAssigned identity type should not contain: userAssignedIdentities`,
    );
  const removed = named.filter(([, what]) => what === 'remove').map(([id]) => id);
  const kept = (before?.userAssigned ?? []).filter(
    (id) => ![...named.map(([one]) => one)].some((one) => sameId(one, id)),
  );
  const added = named.map(([id]) => id).filter((id) => !removed.includes(id));
  const userAssigned = wantsUser ? [...kept, ...added] : [];
  if (wantsUser && userAssigned.length === 0)
    throw failed(machine, 'The UserAssigned identity type needs at least one identity in userAssignedIdentities.');
  for (const id of added)
    if (!world.state.userIdentities.get(id)) throw failed(machine, `Resource '${id}' was not found.`);
  return type === 'None' ? undefined : { isSystemAssigned: type.includes('SystemAssigned'), userAssigned };
}

const failed = (machine: Resource, message: string) =>
  new ArmProblem(
    400,
    'FailedIdentityOperation',
    `Identity operation for resource '${machine.id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '${message}''.`,
  );

/** As a machine shows it. An identity that was deleted since is named and has no principal. */
export function renderIdentity(
  world: World,
  machine: Resource,
  { isSystemAssigned, userAssigned }: MachineIdentity,
): unknown {
  const type = [isSystemAssigned ? 'SystemAssigned' : '', userAssigned.length > 0 ? 'UserAssigned' : '']
    .filter((word) => word !== '')
    .join(', ');
  const principals = userAssigned.map((id) => {
    const identity = world.state.userIdentities.get(id);
    return [id, identity ? principalOf(identity) : {}] as const;
  });
  return {
    type,
    ...(isSystemAssigned
      ? { principalId: arm.guidFor(`system ${machine.id.toLowerCase()}`), tenantId: world.identity.tenantId }
      : {}),
    ...(userAssigned.length > 0 ? { userAssignedIdentities: Object.fromEntries(principals) } : {}),
  };
}
