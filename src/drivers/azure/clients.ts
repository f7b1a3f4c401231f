import type { ComputeManagementClient } from '@azure/arm-compute';
import type { NetworkManagementClient } from '@azure/arm-network';
import type { ResourceManagementClient } from '@azure/arm-resources';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Pace } from '../../wait/pace.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { answerPolicy } from './answer-policy.ts';
import { OperationFailures } from './arm-failure.ts';
import type { RenewableCredential } from './cached-credential.ts';
import type { Cloud } from './clouds.ts';
import { conflictPolicy } from './conflict-policy.ts';
import { lagPolicy } from './lag-policy.ts';
import { isSameId } from './naming.ts';
import { operationPolicy } from './operation-policy.ts';
import { pacePolicy } from './pace-policy.ts';
import type { PlainRequest } from './plain-request.ts';
import { retryPolicy } from './retry-policy.ts';
import { stackHubPolicy } from './stack-hub-policy.ts';
import { tokenPolicy } from './token-policy.ts';

/** Longest pause between two polls of an operation of Microsoft.Compute: 15 polls a minute are allowed for each VM. */
const COMPUTE_PAUSE_MS = 4_000;
/** The same of Microsoft.Network, whose operations take a few seconds; 10,000 reads in 5 minutes are allowed. */
const NETWORK_PAUSE_MS = 1_000;

export interface ClientOptions {
  readonly cloud: Cloud;
  readonly credential: RenewableCredential;
  readonly subscriptionId: string;
  readonly transport: HttpClient;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly version: string;
  /** How long any operation of Azure may last, when the user has said so. */
  readonly deadlineMs: number | undefined;
}

/** Azure's SDK clients. Each is loaded when it is first asked for: a list of VMs needs no network client. */
export interface ArmClients {
  /** Of the session's subscription, unless another one is named: images may lie elsewhere. */
  compute(subscriptionId?: string): Promise<ComputeManagementClient>;
  network(): Promise<NetworkManagementClient>;
  resources(): Promise<ResourceManagementClient>;
  /** What none of them can ask for. @returns the answer's JSON @throws RestError */
  request(plain: PlainRequest): Promise<unknown>;
  /** Why operations of these clients failed. */
  readonly failures: OperationFailures;
}

export function openClients(options: ClientOptions): ArmClients {
  const { credential, subscriptionId, clock } = options;
  const failures = new OperationFailures();
  const shared: SharedPolicies = {
    failures,
    lag: lagPolicy(clock),
    retry: retryPolicy(clock),
    token: tokenPolicy(credential),
  };
  const computeOf = async (subscription: string) => {
    const { ComputeManagementClient } = await import('@azure/arm-compute');
    return new ComputeManagementClient(credential, subscription, clientOptions(options, shared, COMPUTE_PAUSE_MS));
  };
  const own = once(() => computeOf(subscriptionId));
  const compute = (other = subscriptionId) => (isSameId(other, subscriptionId) ? own() : computeOf(other));
  const network = once(async () => {
    const { NetworkManagementClient } = await import('@azure/arm-network');
    return new NetworkManagementClient(credential, subscriptionId, clientOptions(options, shared, NETWORK_PAUSE_MS));
  });
  const resources = once(async () => {
    const { ResourceManagementClient } = await import('@azure/arm-resources');
    return new ResourceManagementClient(credential, subscriptionId, clientOptions(options, shared, COMPUTE_PAUSE_MS));
  });
  return {
    compute,
    network,
    resources,
    failures,
    async request(plain) {
      const [{ sendPlain }, { pipeline }] = await Promise.all([import('./plain-request.ts'), resources()]);
      return sendPlain(plain, { endpoint: options.cloud.endpoint, pipeline, transport: options.transport });
    },
  };
}

/** What one client learns, all have to know. */
interface SharedPolicies {
  readonly failures: OperationFailures;
  readonly lag: PipelinePolicy;
  readonly retry: PipelinePolicy;
  readonly token: PipelinePolicy;
}

function clientOptions(
  { cloud, transport, clock, pace, subscriptionId, version, deadlineMs }: ClientOptions,
  { failures, lag, retry, token }: SharedPolicies,
  maxPauseMs: number,
) {
  return {
    endpoint: cloud.endpoint,
    credentials: { scopes: [cloud.scope] },
    httpClient: transport,
    userAgentOptions: { userAgentPrefix: `azdock/${version}` },
    // The retry policy below does that, by azdock's clock.
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [
      { policy: answerPolicy(), position: 'perCall' as const },
      {
        policy: operationPolicy({ maxPauseMs, deadlineMs, clock, failures }),
        position: 'perCall' as const,
      },
      { policy: conflictPolicy(clock), position: 'perCall' as const },
      { policy: lag, position: 'perCall' as const },
      { policy: retry, position: 'perRetry' as const },
      { policy: token, position: 'perRetry' as const },
      { policy: pacePolicy(`${cloud.name} ${subscriptionId}`, pace, clock), position: 'perRetry' as const },
      ...(cloud.isStackHub === true ? [{ policy: stackHubPolicy(), position: 'perCall' as const }] : []),
    ],
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
