import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import type { SecureContext } from 'node:tls';
import Docker from 'dockerode';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { ConnectionEnd, ConnectionFailure } from './connection-failure.ts';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';
import { explainFailure } from './explain-failure.ts';
import { parseVersionAnswer } from './parse-version.ts';
import { endless, MOST_ANSWER_BYTES } from './read-body.ts';
import { secureContextOf } from './tls-connection.ts';

export interface EngineConnection extends EngineEndpoint, EngineCredentials {
  /** For each request. */
  readonly timeoutMs: number;
}

/** What azdock wants to know of `GET /version` (Docker Engine API, "Get version"). */
export interface EngineVersion {
  /** Such as `28.2.2`. */
  readonly version: string;
  readonly apiVersion: string;
  readonly operatingSystem: string;
  readonly architecture: string;
}

/** What azdock wants to know of `GET /info` (Docker Engine API, "Get system information"). */
export interface EngineInfo {
  readonly name: string;
  readonly storageDriver: string;
  readonly containersRunning: number;
  readonly labels: readonly string[];
}

/**
 * An engine, over mutual TLS. Every method throws EngineUnreachableError saying why when it does not answer as it should,
 * CertificateError when the credentials cannot be used, and the signal's reason.
 */
export interface EngineClient {
  ping(signal?: AbortSignal): Promise<void>;
  version(signal?: AbortSignal): Promise<EngineVersion>;
  info(signal?: AbortSignal): Promise<EngineInfo>;
  /** Everything else. The connections of `use` are closed when it is done. */
  request<T>(use: (docker: Docker) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A client for an engine. Nothing is sent before a method is called. */
export function connectEngine(connection: EngineConnection): EngineClient {
  let context: SecureContext | undefined;
  const request: EngineClient['request'] = async (use, signal) => {
    signal?.throwIfAborted();
    const tooLong = AbortSignal.timeout(connection.timeoutMs);
    let agent: Agent | undefined;
    // docker-modem waits for the end of an answer that has begun, and hears nothing of a connection that is closed meanwhile.
    const stopped = Promise.withResolvers<never>();
    stopped.promise.catch(() => {});
    const stop = () => {
      agent?.destroy();
      stopped.reject(new ConnectionEnd('closed', 'the connection was closed'));
    };
    tooLong.addEventListener('abort', stop);
    signal?.addEventListener('abort', stop);
    try {
      context ??= secureContextOf(connection);
      agent = agentFor(context, stopped.reject);
      return await Promise.race([use(dockerFor(connection, agent)), stopped.promise]);
    } catch (error) {
      signal?.throwIfAborted();
      const cause = tooLong.aborted ? new ConnectionEnd('timeout', 'no answer in time') : error;
      throw hasStatus(error)
        ? refusal(error, connection)
        : explainFailure(new ConnectionFailure('request', cause), connection, connection);
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  };
  return {
    request,
    async ping(signal) {
      await request((docker) => docker.ping(), signal);
    },
    async version(signal) {
      return request(async (docker) => parseVersionAnswer(await docker.version()), signal);
    },
    async info(signal) {
      return request(async (docker) => parseInfo(await docker.info()), signal);
    },
  };
}

/**
 * docker-modem writes all options of a request to its debug output. So the key goes in as a prepared context, which shows
 * nothing, and no TLS session is kept, which would show its secrets.
 */
function agentFor(secureContext: SecureContext, onEnd: (why: Error) => void): Agent {
  return new BoundedAgent({ secureContext, keepAlive: false, maxCachedSessions: 0 }, onEnd);
}

/**
 * docker-modem keeps in memory whatever comes, waits for an end that a broken connection does not have, and follows a redirect to any
 * address, where nobody catches what goes wrong.
 */
class BoundedAgent extends Agent {
  readonly #onEnd: (why: Error) => void;

  /** @param onEnd told when a connection is gone, whether the answer has come or not */
  constructor(options: AgentOptions, onEnd: (why: Error) => void) {
    super(options);
    this.#onEnd = onEnd;
  }

  override createConnection(
    ...connection: Parameters<Agent['createConnection']>
  ): ReturnType<Agent['createConnection']> {
    const socket = super.createConnection(...connection);
    let size = 0;
    socket?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_ANSWER_BYTES) socket.destroy(endless());
    });
    socket?.on('error', this.#onEnd);
    return socket;
  }

  /** What Node calls for each request (lib/_http_agent.js); its types do not know of it. */
  addRequest(request: ClientRequest, ...others: readonly unknown[]): void {
    request.prependListener('response', redirectNobody);
    Reflect.apply(Reflect.get(Agent.prototype, 'addRequest'), this, [request, ...others]);
  }
}

/** An engine redirects nobody. Without the address, its answer is one like any other. */
function redirectNobody({ headers }: IncomingMessage): void {
  delete headers.location;
}

function dockerFor({ host, port }: EngineConnection, agent: Agent): Docker {
  const options = { protocol: 'https' as const, host, port, ca: undefined, cert: undefined, key: undefined, agent };
  const docker = withoutDockerHost(() => new Docker(options));
  catchIn(docker.modem);
  return docker;
}

/** docker-modem makes a sentence of whatever an engine says, also of what cannot be one, and throws where nobody catches. */
function catchIn(modem: object): void {
  const build: unknown = Reflect.get(modem, 'buildPayload');
  if (typeof build !== 'function') return;
  Reflect.set(modem, 'buildPayload', (...facts: readonly unknown[]) => {
    try {
      Reflect.apply(build, modem, facts);
    } catch (error) {
      const tell = facts.at(-1);
      if (typeof tell === 'function') tell(error, null);
    }
  });
}

/** docker-modem reads DOCKER_HOST and its like even when it is told everything, and fails when they point at nothing. */
function withoutDockerHost<T>(work: () => T): T {
  const { DOCKER_HOST: dockerHost } = process.env;
  delete process.env['DOCKER_HOST'];
  try {
    return work();
  } finally {
    if (dockerHost !== undefined) process.env['DOCKER_HOST'] = dockerHost;
  }
}

/** True for an answer of the engine that is an error: docker-modem adds the HTTP status. */
function hasStatus(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

function refusal(error: Error & { statusCode: number }, { machine }: EngineEndpoint): EngineUnreachableError {
  return new EngineUnreachableError(`The engine of ${machine} refuses a request: ${error.message.trim()}.`, {
    resource: machine,
    cause: error,
  });
}

function parseInfo(found: unknown): EngineInfo {
  const { Name, Driver, ContainersRunning, Labels } = Object(found) as Record<string, unknown>;
  return {
    name: String(Name ?? ''),
    storageDriver: String(Driver ?? ''),
    containersRunning: Number(ContainersRunning ?? 0),
    labels: Array.isArray(Labels) ? Labels.map(String) : [],
  };
}
