import type { ComputeManagementClient } from '@azure/arm-compute';
import type { NetworkManagementClient } from '@azure/arm-network';
import type { ResourceManagementClient } from '@azure/arm-resources';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Pace } from '../../wait/pace.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { OperationFailures } from './arm-failure.ts';
import type { Cloud } from './clouds.ts';
import { conflictPolicy } from './conflict-policy.ts';
import { isSameId } from './naming.ts';
import { operationPolicy } from './operation-policy.ts';
import { pacePolicy } from './pace-policy.ts';
import type { PlainRequest } from './plain-request.ts';
import { stackHubPolicy } from './stack-hub-policy.ts';

/** Longest pause between two polls of an operation of Microsoft.Compute: 15 polls a minute are allowed for each VM. */
const COMPUTE_POLL_SECONDS = 4;
/** The same of Microsoft.Network, whose operations take a few seconds; 10,000 reads in 5 minutes are allowed. */
const NETWORK_POLL_SECONDS = 1;

export interface ClientOptions {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly subscriptionId: string;
  readonly transport: HttpClient;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly version: string;
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
  const { credential, subscriptionId } = options;
  const failures = new OperationFailures();
  const computeOf = async (subscription: string) => {
    const { ComputeManagementClient } = await import('@azure/arm-compute');
    return new ComputeManagementClient(
      credential,
      subscription,
      clientOptions(options, failures, COMPUTE_POLL_SECONDS),
    );
  };
  const own = once(() => computeOf(subscriptionId));
  const compute = (other = subscriptionId) => (isSameId(other, subscriptionId) ? own() : computeOf(other));
  const network = once(async () => {
    const { NetworkManagementClient } = await import('@azure/arm-network');
    return new NetworkManagementClient(
      credential,
      subscriptionId,
      clientOptions(options, failures, NETWORK_POLL_SECONDS),
    );
  });
  const resources = once(async () => {
    const { ResourceManagementClient } = await import('@azure/arm-resources');
    return new ResourceManagementClient(
      credential,
      subscriptionId,
      clientOptions(options, failures, COMPUTE_POLL_SECONDS),
    );
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

function clientOptions(
  { cloud, transport, clock, pace, subscriptionId, version }: ClientOptions,
  failures: OperationFailures,
  maxWaitSeconds: number,
) {
  return {
    endpoint: cloud.endpoint,
    credentials: { scopes: [cloud.scope] },
    httpClient: transport,
    userAgentOptions: { userAgentPrefix: `azdock/${version}` },
    additionalPolicies: [
      { policy: operationPolicy({ maxWaitSeconds, failures }), position: 'perCall' as const },
      { policy: conflictPolicy(clock), position: 'perCall' as const },
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
