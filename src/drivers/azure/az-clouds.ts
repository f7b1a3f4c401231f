import type { CloudFacts } from './cloud-facts.ts';

/**
 * Reads az's `clouds.config`: a section for each cloud that was registered, with `key = value` (Azure/azure-cli:azure-cli-core,
 * cloud.py). A cloud whose section lacks an address is left out.
 *
 * @returns clouds by their name in lower case
 */
export function parseAzClouds(text: string): ReadonlyMap<string, CloudFacts> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const name = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      section = new Map([['name', name]]);
      sections.set(name.toLowerCase(), section);
      continue;
    }
    const [, key, value] = /^\s*([\w.]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && value !== '') section?.set(key, value);
  }
  const clouds = new Map<string, CloudFacts>();
  for (const [name, keys] of sections) {
    const endpoint = keys.get('endpoint_resource_manager');
    const login = keys.get('endpoint_active_directory');
    if (endpoint === undefined || login === undefined) continue;
    clouds.set(name, {
      name: keys.get('name'),
      endpoint,
      login,
      audience: keys.get('endpoint_active_directory_resource_id') ?? endpoint,
      dnsSuffix: undefined,
      isStackHub: /hybrid/.test(keys.get('profile') ?? ''),
    });
  }
  return clouds;
}
