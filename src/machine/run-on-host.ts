import { runAsRoot } from '../provision/ssh-provisioner.ts';
import type { Secret } from '../secret/secret.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { SshAccess } from './deliver.ts';
import type { MachineContext } from './machine-context.ts';
import { openSsh } from './open-ssh.ts';

export interface HostRun {
  readonly access: SshAccess;
  /** POSIX sh. */
  readonly script: Secret;
  /** Begins the sentence about a failure. */
  readonly failed: string;
  readonly step: StepHandle;
  readonly context: Pick<MachineContext, 'clock' | 'environment' | 'signal'>;
}

/** Logs in to a host, runs a script as root, and leaves. @throws ProvisionError with the host's last lines; SshError */
export async function runOnHost({ access, script, failed, step, context }: HostRun): Promise<string> {
  const session = await openSsh(access, context, context.signal);
  try {
    return await runAsRoot({ session, script, failed, step, signal: context.signal });
  } finally {
    session.close();
  }
}
