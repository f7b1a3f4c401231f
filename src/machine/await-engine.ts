import type { EngineVersion } from '../engine/client.ts';
import { waitForEngine } from '../engine/wait-for-engine.ts';
import type { EngineFailure } from '../errors/engine-unreachable-error.ts';
import type { StoredMachine } from '../store/load.ts';
import { enginePort } from './address.ts';
import type { SshAccess } from './deliver.ts';
import type { MachineCertificates } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';

export interface EngineAwait {
  readonly machine: StoredMachine;
  /** Where the machine's host is reached now. */
  readonly host: string;
  /** What engine and client have. */
  readonly certificates: MachineCertificates;
  /** The engine has to show this very certificate: it may be about to restart with it. Where it has no port, its provisioner saw to that. */
  readonly expectsCertificate: boolean;
  /** How to log in to the host, asked for when the engine has no port. */
  readonly ssh: () => SshAccess | Promise<SshAccess>;
  readonly deadlineMs: number;
  readonly context: MachineContext;
  readonly signal: AbortSignal;
  /** Called with the reason whenever the engine does not answer yet, and with its kind when the engine has a port. */
  readonly onTry?: (reason: string, failure?: EngineFailure) => void;
}

/**
 * Waits until a machine's engine answers: over mutual TLS, or through SSH when it opens no port.
 * @throws TimeoutError naming the last reason; CertificateError, HostKeyChangedError; the signal's reason
 */
export async function awaitEngine(wait: EngineAwait): Promise<EngineVersion> {
  const { machine, host, certificates, expectsCertificate, deadlineMs, context, signal, onTry } = wait;
  const { clock } = context;
  const told = onTry === undefined ? {} : { onTry };
  if (hasTunnel(machine)) {
    const { awaitEngineOverSsh } = await import('./tunnel/await-engine-over-ssh.ts');
    return awaitEngineOverSsh({ access: await wait.ssh(), deadlineMs, context, signal, ...told });
  }
  return waitForEngine({
    machine: machine.record.Name,
    host,
    port: enginePort(machine.record),
    ca: certificates.host.ca,
    cert: certificates.client.cert,
    key: certificates.client.key,
    ...(expectsCertificate ? { expectSerial: certificates.serial } : {}),
    deadlineMs,
    clock,
    signal,
    ...told,
  });
}
