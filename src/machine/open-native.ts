import type { SshSession } from '../ssh/session.ts';
import { storeFiles } from '../store/files.ts';
import { explainSshFailure } from './explain-ssh-failure.ts';
import type { MachineContext } from './machine-context.ts';
import type { SshHost } from './ssh-host.ts';

/**
 * Logs in with the built-in client: with the machine's key, else with the user's own keys and agent.
 *
 * @param forward chooses the agent to forward, given the user's; without it none is forwarded
 * @throws SshError with exit code 255 and the machine's state, HostKeyChangedError
 */
export async function openNative(
  target: SshHost,
  context: MachineContext,
  forward?: (agent: string | undefined) => string,
): Promise<SshSession> {
  const { machine, host, port, user, hostKey, keyFile } = target;
  const { environment, signal } = context;
  const [{ connectSsh }, { agentAddress, ownIdentities }] = await Promise.all([
    import('../ssh/connect.ts'),
    import('../ssh/own-identities.ts'),
  ]);
  const forwardedAgent = forward?.(agentAddress(environment));
  const privateKey = keyFile === undefined ? undefined : await storeFiles.readSecret(keyFile);
  const own = privateKey === undefined ? { own: await ownIdentities(environment) } : {};
  try {
    return await connectSsh({ host, port, user, privateKey, ...own, hostKey, machine, signal, forwardedAgent });
  } catch (error) {
    throw await explainSshFailure(error, machine, context);
  }
}
