import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../sandbox/raw-https.ts';
import { routeOf } from './exchange.ts';

/** A request as Microsoft gives it for an example. */
export interface PublishedExample {
  /** Such as `VirtualMachines_CreateOrUpdate`. */
  readonly operation: string;
  /** File of the example, without its folders. */
  readonly title: string;
  readonly method: string;
  readonly group: string | undefined;
  /** Path and query, with `{subscriptionId}` in place of the subscription. */
  readonly url: string;
  readonly body: Json;
}

const METHODS = ['get', 'put', 'patch', 'post', 'delete', 'head'];

/** The examples of every operation that the sandbox has a route for. @param specifications the folder that holds `swagger/` */
export function publishedExamples(specifications: string): PublishedExample[] {
  const found: PublishedExample[] = [];
  const pattern = 'swagger/specification/**/resource-manager/**/stable/*/*.json';
  for (const file of globSync(pattern, { cwd: specifications }).sort()) {
    const document = JSON.parse(readFileSync(join(specifications, file), 'utf8'));
    for (const [path, item] of Object.entries<Json>(document.paths ?? {}))
      for (const method of METHODS.filter((name) => item[name] !== undefined))
        for (const [title, { $ref }] of Object.entries<Json>(item[method]['x-ms-examples'] ?? {})) {
          const place = join(specifications, dirname(file), $ref);
          // The folder has the examples of some operations only.
          if (!existsSync(place)) continue;
          const example = JSON.parse(readFileSync(place, 'utf8'));
          const made = requestOf({ document, path, method, operation: item[method] }, example.parameters);
          if (routeOf(made) !== undefined) found.push({ ...made, title });
        }
  }
  return found;
}

interface Described {
  readonly document: Json;
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

function requestOf({ document, path, method, operation }: Described, values: Json): Omit<PublishedExample, 'title'> {
  const parameters = (operation.parameters ?? []).map((parameter: Json) => resolved(document, parameter));
  const query = new URLSearchParams({ 'api-version': document.info.version });
  for (const { name, in: where } of parameters)
    if (where === 'query' && values[name] !== undefined) query.set(name, String(values[name]));
  const body = parameters.find(({ in: where }: Json) => where === 'body');
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    name === 'subscriptionId' ? '{subscriptionId}' : encodeURIComponent(String(values[name] ?? name)),
  );
  return {
    operation: operation.operationId,
    method: method.toUpperCase(),
    group: values.resourceGroupName,
    url: `${filled}?${query}`.replaceAll('+', '%20'),
    body: body === undefined ? undefined : values[body.name],
  };
}

/** Parameters of other documents are the subscription and the api-version, which are known without a look. */
function resolved(document: Json, parameter: Json): Json {
  const name = /^#\/parameters\/(.*)$/.exec(parameter.$ref ?? '')?.[1];
  return name === undefined ? parameter : document.parameters[name];
}
