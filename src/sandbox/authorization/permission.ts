import { list, object, optional, text } from '../shape.ts';

/** What a role lets its holder do: actions such as `Microsoft.Compute/*\/read`, and those taken out of them again. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** Of the one principal, until the control API says otherwise: the role Owner. */
export const owner: Permission = { actions: ['*'], notActions: [] };

/** As the control API takes it. */
export const permissionShape = object({ actions: list(text), notActions: optional(list(text)) });

/** True when one of the roles gives the action: https://learn.microsoft.com/azure/role-based-access-control/role-definitions */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => fits(pattern, action)) && !notActions.some((pattern) => fits(pattern, action)),
  );
}

/** `*` stands for any characters; case does not matter. */
function fits(pattern: string, action: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(action);
}
