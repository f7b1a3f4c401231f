import { ArmError } from '../../errors/arm-error.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { ProvisionError } from '../../errors/provision-error.ts';
import { type AccessAnswer, joinScript, parseAccessAnswer } from '../../provision/script/access.ts';
import { storeFiles } from '../../store/files.ts';
import type { Store } from '../../store/store.ts';
import { ensureAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';
import { machineUrl } from '../machine-url.ts';
import { driverOf } from '../open-driver.ts';
import { ensureSshKey } from '../own-ssh-key.ts';
import { requireRunning } from '../require-running.ts';
import type { AttachedMachine } from './attach-report.ts';
import { joinAuthorities } from './authorities.ts';
import { fetchServerPair } from './fetch-server-pair.ts';
import { readArguments } from './read-arguments.ts';
import type { ReadMachine } from './read-machine.ts';
import { askEngine } from './ask-engine.ts';

export interface ShareGain {
  readonly name: string;
  readonly read: ReadMachine;
  readonly isForeign: boolean;
  readonly store: Store;
  readonly context: MachineContext;
}

/**
 * Gets a key and a client certificate of one's own onto a machine that is on record. A login that may only read gets none, and is told
 * so.
 *
 * @throws NotRunningError, ProvisionError, ArmError
 */
export async function gainShare(gain: ShareGain): Promise<Pick<AttachedMachine, 'url' | 'access' | 'engineVersion'>> {
  const { name, read, store, context } = gain;
  const { progress, signal } = context;
  const { address } = read;
  const driver = await driverOf(await store.load(name), context);
  await requireRunning(name, driver, signal).catch((error: unknown) => {
    throw withRetry(error, name);
  });
  const authority = await ensureAuthority(store, context);
  const publicKey = await ensureSshKey(store.paths(name));
  const user = read.record.Driver.SSHUser;
  const answer = await progress.step(`SSH key and CA of this store on ${name}`, async (step) => {
    const output = await driver
      .runScript?.(joinScript({ user, publicKey }, authority.ca.cert), signal)
      .catch((error: unknown) => {
        if (!(error instanceof ArmError) || error.kind !== 'forbidden') throw withRetry(error, name);
        step.title(`No access to ${name}: this login may only read`);
      });
    return output === undefined ? undefined : parsed(output, name);
  });
  if (answer === undefined) {
    progress.warn(
      `${name} has a record, but neither key nor certificates: that takes the role Virtual Machine Contributor. Then:  azdock attach ${name}`,
    );
    return { url: null, access: 'none', engineVersion: null };
  }
  await keep(gain, answer, { ca: joinAuthorities(answer.ca ?? '', authority.ca.cert), client: authority.client });
  if (address === undefined) return { url: null, access: 'full', engineVersion: null };
  await fetchServerPair({ name, host: address, store, context });
  await store.updateSidecar(name, (sidecar) => ({ ...sidecar, phase: 'ready' }));
  const url = machineUrl(await store.load(name), address, context);
  return { url, access: 'full', engineVersion: await askEngine({ name, host: address, store, context }) };
}

function parsed(output: string, name: string): AccessAnswer {
  const answer = parseAccessAnswer(output);
  if (answer?.ca !== undefined) return answer;
  throw new ProvisionError(`The host of ${name} did not say what became of key and CA.`, {
    resource: name,
    details: output.split('\n').slice(-20),
    nextSteps: [{ label: 'Try again', command: `azdock attach ${name}` }],
  });
}

/** What the host told goes on record, and the certificates into the machine's directory. */
async function keep(
  { name, read, store }: ShareGain,
  answer: AccessAnswer,
  { ca, client }: { readonly ca: string; readonly client: Awaited<ReturnType<typeof ensureAuthority>>['client'] },
): Promise<void> {
  const { engine, port } = readArguments(answer.arguments);
  const { record } = read;
  const { HostOptions: host } = record;
  await store.saveRecord(name, {
    ...record,
    Driver: { ...record.Driver, ...(port === undefined ? {} : { DockerPort: port }) },
    HostOptions:
      answer.arguments.length === 0 ? host : { ...host, EngineOptions: { ...host.EngineOptions, ...engine } },
  });
  const { hostKey } = answer;
  if (hostKey !== undefined) await store.updateSidecar(name, (sidecar) => ({ ...sidecar, hostKey }));
  const paths = store.paths(name);
  await Promise.all([
    storeFiles.write(paths.ca, ca),
    storeFiles.write(paths.cert, client.cert),
    storeFiles.writeSecret(paths.key, client.key),
  ]);
}

function withRetry(error: unknown, name: string): unknown {
  if (!(error instanceof AzdockError)) return error;
  const value = [...error.nextSteps, { label: 'Then', command: `azdock attach ${name}` }];
  return Object.defineProperty(error, 'nextSteps', { value, enumerable: true });
}
