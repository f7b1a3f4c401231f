import type { Driver } from '../../../drivers/driver.ts';
import { EngineUnreachableError } from '../../../errors/engine-unreachable-error.ts';
import { SshError } from '../../../errors/ssh-error.ts';
import type { SshSession } from '../../../ssh/session.ts';
import type { StoredMachine } from '../../../store/load.ts';
import { enginePort, recordedAddress } from '../../address.ts';
import { clientFiles } from '../../client-files.ts';
import { noAddress } from '../../endpoint.ts';
import { driverOf } from '../../open-driver.ts';
import { keyFileOf } from '../../ssh-key-file.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import { type AzureProbe, azureProbe } from '../azure/azure-probe.ts';
import { once } from '../once.ts';
import type { DoctorSurroundings } from '../surroundings.ts';
import { askOverSsh, engineQuestions } from './engine-questions.ts';
import type { MachineSubject } from './machine-subject.ts';
import { askPort, portWords } from './port-answer.ts';

/** A subject, and the end of the connections that its checks have opened. */
export interface OpenSubject {
  readonly subject: MachineSubject;
  close(): Promise<void>;
}

/** Opens nothing before it is asked. @param signal ends all questions */
export async function openSubject(
  stored: StoredMachine,
  surroundings: DoctorSurroundings,
  signal: AbortSignal,
): Promise<OpenSubject> {
  const { record } = stored;
  const { context, probeMs: timeoutMs } = surroundings;
  const name = record.Name;
  const azure = await probeOf(stored, surroundings, signal);
  const driver = once(() => (azure === undefined ? driverOf(stored, context) : driverBy(azure, stored)));
  const host = once(async () => {
    const found = recordedAddress(record) ?? (await (await driver()).address(signal));
    if (found === undefined) throw noAddress(name);
    return found;
  });
  let session: SshSession | undefined;
  const sshPort = once(async () =>
    askPort({ host: await host(), port: record.Driver.SSHPort || 22, timeoutMs, signal, greets: true }),
  );
  const engine = once(async () =>
    askPort({ host: await host(), port: enginePort(record), timeoutMs, signal, greets: false }),
  );
  const ssh = once(async () => {
    // What is known to lead nowhere is not tried again: each trial may take all the time that there is.
    const { state } = await sshPort();
    if (state !== 'open') throw new SshError(`SSH does not answer: ${portWords(state)}.`);
    session = await logIn(stored, await host(), { context, timeoutMs, signal });
    return session;
  });
  const subject: MachineSubject = {
    ...surroundings,
    name,
    stored,
    azure,
    driver,
    host,
    state: once(async () => (await driver()).state(signal)),
    ssh,
    sshPort,
    enginePort: engine,
    ask: engineQuestions(async (path) => {
      if (hasTunnel(stored)) return askOverSsh(await ssh(), { machine: name, path, timeoutMs, signal });
      const { state } = await engine();
      if (state !== 'open') throw new EngineUnreachableError(`The engine does not answer: ${portWords(state)}.`);
      const { askEngine } = await import('../../../engine/ask-engine.ts');
      const { ca, cert, key } = clientFiles(context.storePath, record).read();
      const dial = { machine: name, host: await host(), port: enginePort(record), ca, cert, key, timeoutMs, signal };
      return askEngine(dial, path);
    }),
  };
  return {
    subject,
    async close() {
      session?.close();
    },
  };
}

async function probeOf(
  { record, sidecar }: StoredMachine,
  surroundings: DoctorSurroundings,
  signal: AbortSignal,
): Promise<AzureProbe | undefined> {
  if (record.DriverName !== 'azure') return undefined;
  const { recordedOptions } = await import('../../../drivers/azure/record.ts');
  const options = recordedOptions(record.Driver, sidecar?.driver, surroundings.context.environment);
  return azureProbe({ name: record.Name, id: sidecar?.id ?? '', options }, surroundings, signal);
}

/** The machine's driver, with the login that the probe has. */
async function driverBy(
  { machine, options, dependencies }: AzureProbe,
  { record, sidecar }: StoredMachine,
): Promise<Driver> {
  const [{ createAzureDriver }, { Batch }] = await Promise.all([
    import('../../../drivers/azure/driver.ts'),
    import('../../../drivers/azure/batch.ts'),
  ]);
  const batch = new Batch({ isDryRun: true });
  // Failures are told to whoever asks the driver.
  batch.share('session', async () => (await machine()).session).catch(() => {});
  const id = sidecar?.id ?? '';
  return createAzureDriver({ name: record.Name, id, storeId: sidecar?.store, options, dependencies, batch });
}

interface Login {
  readonly context: DoctorSurroundings['context'];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** As all of azdock logs in, but that a key which is seen for the first time is not pinned. */
async function logIn(stored: StoredMachine, host: string, { context, ...login }: Login): Promise<SshSession> {
  const { record, sidecar } = stored;
  const [{ connectSsh }, { sshIdentity }] = await Promise.all([
    import('../../../ssh/connect.ts'),
    import('../../ssh-identity.ts'),
  ]);
  const machine = record.Name;
  const identity = await sshIdentity({ machine, keyFile: keyFileOf(record, context.storePath) }, context);
  const { SSHPort: port, SSHUser: user } = record.Driver;
  return connectSsh({ host, port: port || 22, user, machine, hostKey: sidecar?.hostKey, ...identity, ...login });
}
