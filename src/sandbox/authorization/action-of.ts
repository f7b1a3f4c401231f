import type { Route } from '../arm/route.ts';

const suffixes: Readonly<Record<Route['method'], string>> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
  POST: 'action',
};

/** Reads that are asked for by POST (learn.microsoft.com, "Azure resource provider operations"). */
const postedReads = /^Microsoft\.PolicyInsights\/checkPolicyRestrictions$/i;

/**
 * The action that a request to a route needs: `Microsoft.Compute/virtualMachines/start/action`. Undefined for what everybody may ask.
 *
 * @param namespace value of `{namespace}` in the route's path
 */
export function actionOf({ method, path }: Pick<Route, 'method' | 'path'>, namespace = ''): string | undefined {
  if (path === '/subscriptions' || path === '/tenants') return undefined;
  const type = typeOf(path, namespace);
  return `${type}/${postedReads.test(type) ? 'read' : suffixes[method]}`;
}

/** Names that stand in the path itself, behind the provider if there is one. */
function typeOf(path: string, namespace: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const provider = segments.findIndex((segment) => /^Microsoft\./.test(segment));
  const literal = segments.slice(Math.max(provider, 0)).filter((segment) => !segment.startsWith('{'));
  if (provider !== -1) return literal.join('/');
  const last = literal.at(-1) ?? '';
  if (/^(un)?register$/.test(last)) return `${namespace}/${last}`;
  return `Microsoft.Resources/${literal.join('/')}`.replace(/resourcegroups$/i, 'resourceGroups');
}
