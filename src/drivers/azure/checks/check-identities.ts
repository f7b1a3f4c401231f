import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { refusal } from './refusal.ts';

/** https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities */
const API_VERSION = '2024-11-30';

/** Identities that the machine is to have must be there. @throws PreCreateCheckError */
export async function checkIdentities(machine: AzureMachine): Promise<void> {
  await Promise.all(machine.options.identities.map((id) => checkIdentity(machine, id)));
}

async function checkIdentity(machine: AzureMachine, id: string): Promise<void> {
  const isThere = await unlessForbidden(() =>
    machine.session.call(deed(machine, `find identity ${id}`, id), undefined, async (to) =>
      to.request({ method: 'GET', path: id, apiVersion: API_VERSION }).then(
        () => true,
        (error: unknown) => {
          if (isNotFound(error)) return false;
          throw error;
        },
      ),
    ),
  );
  if (isThere !== false) return;
  throw refusal(id, `There is no identity ${id}.`, [
    { label: 'Those that there are', command: 'az identity list --query [].id --output tsv' },
  ]);
}
