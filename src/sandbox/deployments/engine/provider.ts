import { randomUUID } from 'node:crypto';
import { apiVersions } from '../../arm/api-versions.ts';
import { checkVersion, dispatch } from '../../arm/dispatch.ts';
import { ArmProblem } from '../../arm/problem.ts';
import { notImplemented } from '../../arm/problems.ts';
import { createRouter, type Found } from '../../arm/router.ts';
import type { Route } from '../../arm/route.ts';
import { strikeFor } from '../../faults/apply-fault.ts';
import type { Answer, Call } from '../../http/exchange.ts';
import { type Json, parseAsJson } from '../../json.ts';
import type { World } from '../../world.ts';
import { resourceFailed } from '../problems.ts';

/** A request that a deployment makes. */
export interface Wanted {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly id: string;
  readonly apiVersion: string;
  readonly body?: Json;
}

/**
 * The sandbox's own routes as a deployment uses them, in this process: the same checks, faults and operations as a client's
 * requests, and no line in the journal.
 */
export class Provider {
  readonly #world: World;
  readonly #find: (call: Call) => Found | undefined;

  constructor(world: World, routes: readonly Route[]) {
    this.#world = world;
    this.#find = createRouter(routes);
  }

  /** A call as if a client had made it. */
  callFor({ method, id, apiVersion, body }: Wanted, correlationId: string): Call {
    const path = id.split('/').map(encodeURIComponent).join('/');
    const query = new URLSearchParams({ 'api-version': apiVersion });
    return {
      method,
      target: `${path}?${query}`,
      path,
      query,
      headers: {},
      rawBody: Buffer.alloc(0),
      body: body === undefined ? undefined : parseAsJson(body),
      requestId: randomUUID(),
      correlationId,
      receivedMs: this.#world.clock.nowMs(),
    };
  }

  /** @throws ArmProblem 501 when the sandbox has no such resource, 400 for an api-version that it does not answer */
  requireType(id: string, apiVersion: string): void {
    const found = this.#find(this.callFor({ method: 'PUT', id, apiVersion }, ''));
    if (!found) throw notImplemented(`the deployment of ${id}`);
    checkVersion(found.route.family, found.route.path, apiVersion);
  }

  /** The newest api-version by which the sandbox knows a resource. @throws ArmProblem 501 when it does not delete such */
  newestVersion(id: string): string {
    const found = this.#find(this.callFor({ method: 'DELETE', id, apiVersion: '' }, ''));
    const [newest] = found ? apiVersions[found.route.family] : [];
    if (newest === undefined) throw notImplemented(`the deletion of ${id}`);
    return newest;
  }

  /** The answer to the request. @throws ArmProblem */
  async ask(call: Call): Promise<Answer> {
    const never = new Promise<void>(() => undefined);
    const strike = strikeFor(call, this.#world, never);
    if ((await strike.before()) !== undefined) throw cut(call);
    const answer = await dispatch(call, this.#world, this.#find);
    if ((await strike.after(answer.status)) !== 'whole') throw cut(call);
    return answer;
  }

  /**
   * The request, and then the operation that it starts to its end.
   *
   * @param more.ask what takes the request, the sandbox's routes by default
   * @throws ArmProblem for either
   */
  async finish(
    call: Call,
    more: { readonly id: string; readonly signal: AbortSignal; readonly ask?: (call: Call) => Promise<Answer> },
  ): Promise<Answer> {
    const { id, signal, ask = (one: Call) => this.ask(one) } = more;
    const answer = await ask(call);
    const operation = call.operation === undefined ? undefined : this.#world.operations.get(call.operation);
    if (!operation) return answer;
    const stopped = Promise.withResolvers<void>();
    const stop = (): void => stopped.resolve();
    signal.addEventListener('abort', stop);
    await Promise.race([operation.ended, stopped.promise]);
    signal.removeEventListener('abort', stop);
    if (!signal.aborted && operation.problem) throw resourceFailed(id, operation.problem);
    return answer;
  }
}

const cut = ({ method, path }: Call): ArmProblem =>
  new ArmProblem(500, 'InternalServerError', `The connection to the resource provider was cut at ${method} ${path}.`);
