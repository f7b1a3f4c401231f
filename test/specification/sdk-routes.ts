import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packages = ['@azure/arm-compute', '@azure/arm-network', '@azure/arm-resources'];

/**
 * What each operation of Azure's SDK asks for: a pattern of method and path, by the operation's name as of `sdk-calls.ts`. The code of the
 * SDK, which is generated, has both in words.
 */
export function sdkRoutes(): ReadonlyMap<string, RegExp> {
  const routes = new Map<string, RegExp>();
  const { resolve } = createRequire(import.meta.url);
  for (const name of packages) {
    const api = join(dirname(resolve(`${name}/package.json`)), 'dist', 'esm', 'api');
    for (const file of readdirSync(api, { recursive: true, encoding: 'utf8' })) {
      if (!/(^|[/\\])operations\.js$/.test(file)) continue;
      const group = dirname(file) === '.' ? '' : `${capital(dirname(file))}_`;
      for (const [, operation = '', template = '', method = ''] of readFileSync(join(api, file), 'utf8').matchAll(SEND))
        routes.set(`${group}${capital(operation)}`, pattern(method, template));
    }
  }
  return routes;
}

/** `_getSend(…) { const path = expandUrlTemplate("/subscriptions/…{?api%2Dversion}", …); return context.path(path).get(…)` */
const SEND = /function _\$?(\w+)Send\([\s\S]*?expandUrlTemplate\("([^"]+)"[\s\S]*?\.path\(path\)\s*\.(\w+)\(/g;

function pattern(method: string, template: string): RegExp {
  const path = template
    .replace(/\{\?[^}]*\}$/, '')
    .replaceAll('.', '\\.')
    .replaceAll(/\{\+\w+\}/g, '.+')
    .replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${method.toUpperCase()} ${path}$`, 'i');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
