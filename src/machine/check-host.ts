import { AzdockError, type NextStep } from '../errors/azdock-error.ts';
import { HostKeyChangedError } from '../errors/host-key-changed-error.ts';
import { PreCreateCheckError } from '../errors/pre-create-check-error.ts';
import { SshError } from '../errors/ssh-error.ts';
import { DISTRIBUTION_NAMES } from '../provision/distributions/catalogue.ts';
import { findDistribution } from '../provision/distributions/find-distribution.ts';
import { systemName } from '../provision/distributions/os-release.ts';
import { type HostFacts, inspectHost } from '../provision/inspect-host.ts';
import type { EngineConfig, Provisioning } from '../provision/provisioning.ts';
import type { SshSession } from '../ssh/session.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { SshAccess } from './deliver.ts';
import { DEFAULT_INSTALL_URL } from './engine-config.ts';
import type { MachineContext } from './machine-context.ts';

type Host = Omit<SshAccess, 'hostKey' | 'onHostKey'>;

interface HostCheck {
  readonly draft: Provisioning;
  readonly context: MachineContext;
  readonly step: StepHandle;
  /** The key that the host has shown before. Undefined: any will do. */
  readonly knownHostKey?: string | undefined;
}

/** What opens a port in a host's own firewall. */
const OPENING = {
  firewalld: (port: number) => `firewall-cmd --permanent --add-port=${port}/tcp && firewall-cmd --reload`,
  ufw: (port: number) => `ufw allow ${port}/tcp`,
};

/**
 * Logs in to a host that is there and looks whether Docker can be put onto it, before anything is made. Nothing is changed on it.
 *
 * @returns the host's key, to be pinned
 * @throws PreCreateCheckError for whatever stands in the way; HostKeyChangedError; the signal's reason
 */
export async function checkHost(host: Host, { draft, context, step, knownHostKey }: HostCheck): Promise<string> {
  const { signal, progress } = context;
  const { engine } = draft;
  let session: SshSession | undefined;
  try {
    session = await logIn({ ...host, hostKey: knownHostKey }, context, step);
    step.detail('looking at the host');
    const facts = await inspectHost(session, engine.port, signal);
    judge(host.host, facts, engine);
    if (facts.firewall !== undefined && engine.port !== undefined) {
      const command = OPENING[facts.firewall](engine.port);
      progress.warn(
        `${facts.firewall} on ${host.host} lets nothing in at port ${engine.port}. On the host, as root:  ${command}`,
      );
    }
    return session.hostKey;
  } catch (error) {
    throw error instanceof AzdockError ? asCheck(error) : error;
  } finally {
    session?.close();
  }
}

/** A host that has just been made may not answer yet, so it is waited for; but a key that it refuses, it will not take later. */
async function logIn(
  host: Host & Pick<SshAccess, 'hostKey'>,
  context: MachineContext,
  step: StepHandle,
): Promise<SshSession> {
  const { openSsh } = await import('./open-ssh.ts');
  const access = { ...host, onHostKey: async () => {} };
  let hasWaited = false;
  const onTry = (reason: string) => {
    if (!hasWaited) context.progress.info(`${host.host} does not let anybody in yet, so it is waited for. ${reason}`);
    hasWaited = true;
    step.detail(`waiting: ${reason}`);
  };
  try {
    return await openSsh(access, context, context.signal, { refusalIsFinal: true, onTry });
  } catch (error) {
    if (!(error instanceof SshError) || error.failure !== 'authentication') throw error;
    const { user, keyFile } = host;
    const tried = keyFile === undefined ? 'the keys of your SSH agent and in ~/.ssh' : `the key ${keyFile}`;
    const nextSteps: NextStep[] = [
      { label: 'Another user or key', command: createCommand(host, '--generic-ssh-user USER --generic-ssh-key FILE') },
    ];
    throw new PreCreateCheckError(`${host.host} does not let ${user} in with ${tried}.`, {
      resource: host.host,
      nextSteps,
      cause: error,
    });
  }
}

function createCommand({ host, machine }: Host, flags: string): string {
  return `azdock create --driver generic --generic-ip-address ${host} ${flags} ${machine}`;
}

function judge(host: string, facts: HostFacts, { installUrl }: EngineConfig): void {
  const system = systemName(facts.release);
  const refuse = (why: string): never => {
    throw new PreCreateCheckError(`Docker cannot be set up on ${host}: ${why}.`, { resource: host });
  };
  if (!facts.hasSystemd) refuse(`${system} runs without systemd`);
  if (facts.hasDocker) return;
  if (installUrl === 'none') refuse('it has no dockerd, and with --engine-install-url none it gets none');
  if (installUrl.replace(/\/+$/, '') !== DEFAULT_INSTALL_URL) return;
  const distribution = findDistribution(facts.release);
  if (distribution === undefined)
    refuse(`azdock does not know how ${system} comes by it; it does know ${DISTRIBUTION_NAMES}`);
  if (distribution?.docker.from === 'system') refuse(`it is a part of ${system}, but it is not there`);
}

/** Whatever it was, nothing has been made, and that is what the exit code says. */
function asCheck(error: AzdockError): AzdockError {
  if (error instanceof PreCreateCheckError || error instanceof HostKeyChangedError) return error;
  const { resource, details, nextSteps } = error;
  return new PreCreateCheckError(error.message, {
    details,
    nextSteps,
    cause: error,
    ...(resource === undefined ? {} : { resource }),
  });
}
