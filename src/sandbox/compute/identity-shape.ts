import { mapOf, object, oneOf, optional, readOnly, type Shape, type Shaped } from '../shape.ts';

const computed = object({ principalId: readOnly, clientId: readOnly });

/** `null` takes one off in a PATCH; what Azure computes may come back. */
const entry: Shape<'keep' | 'remove'> = {
  parse(value, at) {
    if (value === null) return 'remove';
    computed.parse(value, at);
    return 'keep';
  },
};

/** `identity` of a virtual machine. */
export const identityShape = object({
  type: optional(oneOf('SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned', 'None')),
  userAssignedIdentities: optional(mapOf(entry)),
  principalId: readOnly,
  tenantId: readOnly,
});

export type IdentityBody = Shaped<typeof identityShape>;
