import { ArmProblem } from '../arm/problem.ts';
import type { Call } from '../http/exchange.ts';

/** What some of Azure's front ends have not heard of yet: paths of resources, and how many requests will not find each. */
export class Lag {
  readonly #hidden = new Map<string, number>();

  /** Lets the next requests that need that resource not find it. */
  hide(path: string, requests: number): void {
    if (requests > 0) this.#hidden.set(path.toLowerCase(), requests);
  }

  clear(): void {
    this.#hidden.clear();
  }

  /** Counts a request that needs something hidden. @throws ArmProblem as Azure answers for what it does not know */
  require(call: Call): void {
    if (this.#hidden.size === 0) return;
    for (const [path, left] of this.#hidden) {
      const problem = findProblem(call, path);
      if (problem === undefined) continue;
      if (left === 1) this.#hidden.delete(path);
      else this.#hidden.set(path, left - 1);
      throw problem;
    }
  }
}

/** A look at it by name; a change of what lies below it; a change that refers to it. Its own PUT and DELETE know it. */
function findProblem(call: Call, hidden: string): ArmProblem | undefined {
  const path = call.path.toLowerCase();
  const name = hidden.split('/').at(-1);
  const isGroup = /\/resourcegroups\/[^/]+$/.test(hidden);
  if (call.method === 'GET') {
    if (path.replace(/\/instanceview$/, '') !== hidden) return undefined;
    return isGroup
      ? groupMissing(name)
      : new ArmProblem(404, 'ResourceNotFound', `The Resource '${name}' was not found.`);
  }
  if (path.startsWith(`${hidden}/`))
    return isGroup
      ? groupMissing(name)
      : new ArmProblem(404, 'ParentResourceNotFound', `The parent resource '${name}' could not be found.`);
  if (call.method !== 'PUT' || path === hidden) return undefined;
  const body = JSON.stringify(call.body ?? null).toLowerCase();
  if (!body.includes(`"${hidden}"`) && !body.includes(`"${hidden}/`)) return undefined;
  return /\/providers\/microsoft\.network\//.test(path)
    ? new ArmProblem(
        400,
        'InvalidResourceReference',
        `Resource ${hidden} referenced by resource ${call.path} was not found.`,
      )
    : new ArmProblem(404, 'NotFound', `Resource ${hidden} was not found.`);
}

function groupMissing(name: string | undefined): ArmProblem {
  return new ArmProblem(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}
