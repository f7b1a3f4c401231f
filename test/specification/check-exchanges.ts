import { ArmSchemas, resourceAt } from './arm-schemas.ts';
import { CommonTypes } from './common-types.ts';
import { type Exchange, named, routeOf } from './exchange.ts';
import { OpenApi } from './open-api.ts';
import { addressesOfOperations, isGap } from './undescribed.ts';

/** What came of checking exchanges. */
export interface Findings {
  /** Each begins with the exchange it is about. */
  readonly problems: readonly string[];
  /** Number of pairs that a document describes, by operation: `VirtualMachines_Get`. */
  readonly operations: ReadonlyMap<string, number>;
  /** Number of exchanges by route of the sandbox. */
  readonly routes: ReadonlyMap<string, number>;
  /** Number of bodies that were PUT, by resource type. */
  readonly bodies: ReadonlyMap<string, number>;
}

/** Everything published that an exchange can be checked against. */
export class Checks {
  readonly #openApi: OpenApi;
  readonly #commonTypes: CommonTypes;
  readonly #armSchemas: ArmSchemas;

  private constructor(openApi: OpenApi, specifications: string) {
    this.#openApi = openApi;
    this.#commonTypes = new CommonTypes(specifications);
    this.#armSchemas = new ArmSchemas(specifications);
  }

  static async open(specifications: string): Promise<Checks> {
    return new Checks(await OpenApi.open(specifications), specifications);
  }

  /** Checks requests, answers, refusals, and bodies that are PUT. */
  async run(exchanges: readonly Exchange[]): Promise<Findings> {
    const problems: string[] = [];
    const operations = new Map<string, number>();
    const routes = new Map<string, number>();
    const bodies = new Map<string, number>();
    for (const exchange of exchanges) {
      const { method, status, url, requestBody, responseBody } = exchange;
      const found: string[] = [];
      const route = routeOf(exchange) ?? 'none';
      count(routes, route);
      const address = addressesOfOperations.get(route);
      if (status === 0) found.push('nothing was answered');
      else if (address !== undefined) found.push(...this.#address(address, exchange));
      else {
        const verdict = await this.#openApi.check(exchange);
        if (verdict === undefined) found.push('no document describes this');
        else {
          count(operations, verdict.operation);
          found.push(...verdict.problems.filter((problem) => !isGap(verdict.operation, status, problem)));
        }
      }
      if (status >= 400 && method !== 'HEAD') found.push(...this.#commonTypes.error(responseBody));
      if (status >= 500) found.push(`the sandbox failed: ${JSON.stringify(responseBody)}`);
      if (method === 'PUT') {
        const path = url.split('?', 1)[0] ?? '';
        count(bodies, resourceAt(path).type);
        found.push(...this.#armSchemas.check(path, requestBody));
      }
      problems.push(...found.map((problem) => `${named(exchange)}: ${problem}`));
    }
    return { problems, operations, routes, bodies };
  }

  /** An operation that succeeded has no result to show but that: azdock and the sandbox use none with a body. */
  #address(kind: 'status' | 'result', { status, url, responseBody }: Exchange): string[] {
    if (status >= 400) return [];
    if (kind === 'status' && !url.includes('monitor=true'))
      return status === 200 ? this.#commonTypes.operationStatus(responseBody) : [`answered with ${status}`];
    return responseBody === null && [200, 202, 204].includes(status) ? [] : [`answered with ${status} and a body`];
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What was checked, for the report of a test run. */
export function describe({ operations, routes, bodies }: Findings): string {
  const sum = (counts: readonly (readonly [string, number])[]) => counts.reduce((total, [, times]) => total + times, 0);
  const list = (counts: readonly (readonly [string, number])[]) =>
    counts
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([key, times]) => `${key} ${times}`)
      .join(', ');
  const addresses = [...routes].filter(([route]) => addressesOfOperations.has(route));
  return [
    `${sum([...operations])} pairs of ${operations.size} operations: ${list([...operations])}`,
    `${sum(addresses)} answers at ${addresses.length} addresses of operations`,
    `${sum([...bodies])} bodies of ${bodies.size} resource types: ${list([...bodies])}`,
  ].join('\n');
}
