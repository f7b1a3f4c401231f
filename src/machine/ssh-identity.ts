import { SshError } from '../errors/ssh-error.ts';
import { commandLine } from '../ssh/command.ts';
import type { SshConnection } from '../ssh/connect.ts';
import { judgeKey } from '../ssh/judge-key.ts';
import { agentAddress, ownIdentities } from '../ssh/own-identities.ts';
import { storeFiles } from '../store/files.ts';
import type { MachineContext } from './machine-context.ts';

/**
 * What to log in with: the machine's key, the agent when a passphrase protects that, and without a key whatever the user logs in with
 * elsewhere.
 * @throws SshError when the key is missing, or protected and no agent runs
 */
export async function sshIdentity(
  { machine, keyFile }: { readonly machine: string; readonly keyFile: string | undefined },
  { environment }: Pick<MachineContext, 'environment'>,
): Promise<Pick<SshConnection, 'privateKey' | 'own'>> {
  if (keyFile === undefined) return { privateKey: undefined, own: await ownIdentities(environment) };
  const privateKey = await storeFiles.readSecret(keyFile);
  if (privateKey === undefined)
    throw new SshError(`The SSH key of ${machine} is missing: ${keyFile}.`, { resource: keyFile, failure: 'key' });
  if (judgeKey(privateKey) !== 'protected') return { privateKey };
  const agent = agentAddress(environment);
  if (agent !== undefined) return { privateKey: undefined, own: { agent, keys: [] } };
  throw new SshError(`The SSH key ${keyFile} is protected by a passphrase, and no SSH agent runs that could hold it.`, {
    resource: keyFile,
    failure: 'key',
    nextSteps: [
      { label: 'Start one with the key', command: `eval "$(ssh-agent)" && ${commandLine(['ssh-add', keyFile])}` },
    ],
  });
}
