import type { Answer, Call } from '../http/exchange.ts';
import type { World } from '../world.ts';
import type { Family } from './api-versions.ts';

/** A call whose route is known. */
export interface ArmCall extends Call {
  readonly apiVersion: string;
  /** Value of a `{name}` in the route's path, decoded. */
  param(name: string): string;
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE' | 'HEAD';
  /** With `{name}` for a segment that varies. Compared without case. */
  readonly path: string;
  readonly family: Family;
  readonly answer: (call: ArmCall, world: World) => Answer | Promise<Answer>;
}
