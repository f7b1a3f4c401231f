import { UsageError } from '../../errors/usage-error.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { type ArmFailure, armFailure } from './arm-failure.ts';
import type { Deed } from './arm-meanings.ts';
import { findAzAccount } from './az.ts';
import { type ArmClients, openClients } from './clients.ts';
import { type Cloud, findCloud } from './clouds.ts';
import { conflictPauseMs, isPassing } from './conflict-policy.ts';
import type { AzureDependencies } from './dependencies.ts';
import { azureError } from './errors.ts';
import { logIn } from './login.ts';
import { wantedDeadlineMs } from './operation-deadlines.ts';
import type { AzureOptions } from './options.ts';
import { type TokenIdentity, tokenIdentity } from './token-identity.ts';

/** Tries of an operation that Azure itself calls retryable. */
const TRIES = 6;

/** A login to one subscription of one cloud, and the clients to work with it. */
export interface AzureSession {
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  /** Its name where az tells, else its id. */
  readonly subscriptionName: string;
  readonly clients: ArmClients;
  readonly clock: Clock;
  /** Gets a token, so that a login that does not work shows before anything else does. @throws LoginError */
  verify(): Promise<void>;
  /** Who one is, as far as the token tells; the token itself stays inside. @throws LoginError */
  identity(): Promise<TokenIdentity>;
  /**
   * Runs calls to Azure, again when their operation ended in a way that passes, and turns what they throw into azdock's errors.
   * @throws ArmError, LoginError, ConnectionError; the signal's reason when it is aborted
   */
  call<T>(deed: Deed, signal: AbortSignal | undefined, work: (clients: ArmClients) => Promise<T>): Promise<T>;
}

/**
 * Logs in as the options say.
 *
 * @param newMachine name of the machine that is being made; undefined when none is
 * @throws LoginError, UsageError when no subscription is known, SandboxError
 */
export async function openSession(
  newMachine: string | undefined,
  options: AzureOptions,
  dependencies: AzureDependencies,
): Promise<AzureSession> {
  const cloud = await findCloud(options.environment, dependencies);
  const [{ endedBy, openTransport }, { discoverTenant }] = await Promise.all([
    import('./transport.ts'),
    import('./tenant.ts'),
  ]);
  const transport = openTransport(cloud, dependencies);
  const credential = await logIn({
    options,
    newMachine,
    cloud,
    transport: endedBy(transport, dependencies.signal),
    dependencies,
    findTenant: async () =>
      discoverTenant(cloud, (await findSubscription(options, cloud, dependencies)).id, transport, dependencies.clock),
  });
  // After the login: without any login at all, that is what the user has to hear about first.
  const { id: subscriptionId, name: subscriptionName } = await findSubscription(options, cloud, dependencies);
  const { clock, pace, version } = dependencies;
  const deadlineMs = wantedDeadlineMs(dependencies.environment);
  const clients = openClients({ cloud, credential, subscriptionId, transport, clock, pace, version, deadlineMs });
  return {
    cloud,
    subscriptionId,
    subscriptionName,
    clients,
    clock,
    async verify() {
      await credential.getToken(cloud.scope).catch((error: unknown) => {
        dependencies.signal?.throwIfAborted();
        throw error;
      });
    },
    async identity() {
      const token = await credential.getToken(cloud.scope);
      return tokenIdentity(token?.token ?? '');
    },
    async call(deed, signal = dependencies.signal, work) {
      for (let failures = 1; ; failures += 1) {
        signal?.throwIfAborted();
        try {
          return await work(clients);
        } catch (error) {
          signal?.throwIfAborted();
          const failure = armFailure(error, clients.failures);
          if (!isWorthAnotherTry(failure) || failures === TRIES) throw azureError(error, failure, deed);
          await clock.sleep(conflictPauseMs(failures), signal);
        }
      }
    },
  };
}

/**
 * A refused request is worth nothing more: the pipeline has tried. An operation that ended so is, and an answer cut short:
 * everything that azdock asks for can be asked for twice.
 */
function isWorthAnotherTry(failure: ArmFailure | undefined): boolean {
  if (failure === undefined) return false;
  return failure.code === 'PARSE_ERROR' || (failure.status === undefined && isPassing(failure.code));
}

async function findSubscription(
  options: AzureOptions,
  cloud: Cloud,
  dependencies: AzureDependencies,
): Promise<{ id: string; name: string }> {
  if (options.subscriptionId) return { id: options.subscriptionId, name: options.subscriptionId };
  if (cloud.sandbox !== undefined) return { id: cloud.sandbox.subscriptionId, name: 'sandbox' };
  const account = await findAzAccount(dependencies.environment);
  if (account !== undefined) return { id: account.subscriptionId, name: account.subscriptionName };
  throw new UsageError(
    'No Azure subscription is known: set AZURE_SUBSCRIPTION_ID, give --azure-subscription-id, or sign in with az login.',
    {
      resource: '--azure-subscription-id',
      nextSteps: [
        { label: 'Sign in', command: 'az login' },
        { label: 'No account?', command: 'azdock create dev --azure-environment sandbox' },
      ],
    },
  );
}
