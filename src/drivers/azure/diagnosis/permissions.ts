import { ArmError } from '../../../errors/arm-error.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';

/** Its subscription's scope has no document of its own; learn.microsoft.com, "Permissions - List For Resource Group". */
const API_VERSION = '2022-04-01';

/** What one role of the caller gives. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/**
 * Reads what this login may do: in the resource group if there is one, else in the subscription. Deny assignments are not among it.
 * @throws ArmError of kind `forbidden` when it may not even ask; what else AzureSession.call throws
 */
export async function readPermissions(machine: AzureMachine, signal: AbortSignal): Promise<readonly Permission[]> {
  const { names, session } = machine;
  const subscription = `/subscriptions/${session.subscriptionId}`;
  const ask = (scope: string) =>
    session.call(deed(machine, 'read what this login may do', scope), signal, async (to) => {
      const path = `${scope}/providers/Microsoft.Authorization/permissions`;
      return parsePermissions(await to.request({ method: 'GET', path, apiVersion: API_VERSION, abortSignal: signal }));
    });
  try {
    return await ask(`${subscription}/resourcegroups/${names.group}`);
  } catch (error) {
    if (error instanceof ArmError && error.azure?.status === 404) return ask(subscription);
    throw error;
  }
}

/** Those of the actions that no role gives: each role's exceptions hold for that role alone (learn.microsoft.com, "Understand role definitions"). */
export function lackingActions(permissions: readonly Permission[], wanted: readonly string[]): readonly string[] {
  const isGiven = (action: string) =>
    permissions.some(
      ({ actions, notActions }) =>
        actions.some((pattern) => fits(pattern, action)) && !notActions.some((pattern) => fits(pattern, action)),
    );
  return wanted.filter((action) => !isGiven(action));
}

/** `*` stands for any characters, whatever their case. */
function fits(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  if (parts.length === 1) return pattern.toLowerCase() === text;
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > text.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}

function parsePermissions(answer: unknown): readonly Permission[] {
  const { value } = Object(answer);
  const words = (list: unknown) => (Array.isArray(list) ? list.filter((word) => typeof word === 'string') : []);
  return (Array.isArray(value) ? value : []).map((each: unknown) => ({
    actions: words(Object(each).actions),
    notActions: words(Object(each).notActions),
  }));
}
