import { type ArmSchemas, resourceAt } from './arm-schemas.ts';
import { type Exchange, named, routeOf } from './exchange.ts';
import type { ExchangeCheck } from './exchange-check.ts';
import { hasNoSchema } from './undescribed.ts';

/** What came of checking exchanges. Each map counts. */
export interface Findings {
  /** Each begins with the exchange it is about. */
  readonly problems: readonly string[];
  /** Pairs of request and answer that a document describes, by operation. */
  readonly operations: ReadonlyMap<string, number>;
  /** Exchanges by route of the sandbox. */
  readonly routes: ReadonlyMap<string, number>;
  /** Bodies that were PUT, by resource type. */
  readonly bodies: ReadonlyMap<string, number>;
}

/** Checks requests and answers, and with `bodies` what is PUT against the newest schemas, too. */
export async function examine(
  exchanges: readonly Exchange[],
  against: { readonly exchanges: ExchangeCheck; readonly bodies?: ArmSchemas },
): Promise<Findings> {
  const problems: string[] = [];
  const operations = new Map<string, number>();
  const routes = new Map<string, number>();
  const bodies = new Map<string, number>();
  for (const exchange of exchanges) {
    count(routes, routeOf(exchange) ?? 'none');
    const checked = await against.exchanges.of(exchange);
    if (checked.operation !== undefined) count(operations, checked.operation);
    const found = [...checked.problems];
    if (exchange.method === 'PUT' && against.bodies !== undefined && !hasNoSchema(exchange.url)) {
      const path = exchange.url.split('?', 1)[0] ?? '';
      count(bodies, resourceAt(path).type);
      found.push(...against.bodies.check(path, exchange.requestBody).map((problem) => `body: ${problem}`));
    }
    problems.push(...found.map((problem) => `${named(exchange)}: ${problem}`));
  }
  return { problems, operations, routes, bodies };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** For the report of a test run. */
export function describe({ operations, routes, bodies }: Findings): string {
  const pairs = sum(operations);
  return [
    `${pairs} pairs of ${operations.size} operations: ${list(operations)}`,
    `${sum(routes) - pairs} answers at addresses of long-running operations`,
    ...(bodies.size === 0 ? [] : [`${sum(bodies)} bodies of ${bodies.size} resource types: ${list(bodies)}`]),
  ].join('\n');
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, times) => total + times, 0);
}

function list(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other));
  return sorted.map(([key, times]) => `${key} ${times}`).join(', ');
}
