import type { Call } from '../http/exchange.ts';
import type { Route } from './route.ts';

export interface Found {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

interface Compiled {
  readonly route: Route;
  /** Lower-case literals; `{name}` kept for a variable. */
  readonly segments: readonly string[];
}

/** Finds the route of a call. Of two that fit, the one listed first. */
export function createRouter(routes: readonly Route[]): (call: Call) => Found | undefined {
  const compiled = routes.map((route): Compiled => ({ route, segments: segmentsOf(route.path) }));
  return (call) => {
    const path = call.path.split('/').filter((segment) => segment !== '');
    for (const { route, segments } of compiled) {
      if (route.method !== call.method || segments.length !== path.length) continue;
      const params = match(segments, path);
      if (params) return { route, params };
    }
    return undefined;
  };
}

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (segment.startsWith('{') ? segment : segment.toLowerCase()));
}

function match(segments: readonly string[], path: readonly string[]): ReadonlyMap<string, string> | undefined {
  const params = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const actual = path[index] ?? '';
    if (segment.startsWith('{')) params.set(segment.slice(1, -1), decode(actual));
    else if (segment !== actual.toLowerCase()) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
