import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/**
 * API versions of Azure Stack Hub's profile `2020-09-01-hybrid`, the newest there is (learn.microsoft.com, "Azure Stack Hub API
 * version profiles"), by a part of the path. The first that matches counts.
 */
const versions: readonly (readonly [path: RegExp, version: string])[] = [
  [/\/providers\/microsoft\.compute\/(disks|snapshots)(\/|$)/i, '2019-07-01'],
  [/\/providers\/microsoft\.compute\/skus(\/|$)/i, '2019-04-01'],
  [/\/providers\/microsoft\.compute\//i, '2020-06-01'],
  [/\/providers\/microsoft\.network\//i, '2018-11-01'],
  [/\/resourcegroups(\/[^/]+)?(\/resources)?$|\/resources$|\/providers(\/[^/]+(\/register)?)?$/i, '2019-10-01'],
  [/^\/subscriptions(\/[^/]+)?(\/locations)?$/i, '2016-06-01'],
];

/** Members of requests that came after those versions. Everything they do, `rm` does resource by resource. */
const newer = new Set(['deleteOption', 'defaultOutboundAccess', 'securityProfile']);

/**
 * Puts requests into the words of Azure Stack Hub. It knows public IPs of the Basic kind only, and boot diagnostics only with
 * a storage account.
 */
export function stackHubPolicy(): PipelinePolicy {
  return {
    name: 'azdockStackHubPolicy',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      const version = versions.find(([path]) => path.test(url.pathname))?.[1];
      if (version !== undefined && url.searchParams.has('api-version')) {
        url.searchParams.set('api-version', version);
        request.url = url.href;
      }
      if (request.method === 'PUT' && typeof request.body === 'string')
        request.body = JSON.stringify(JSON.parse(request.body, (key, value) => older(key, value)));
      return next(request);
    },
  };
}

function older(key: string, value: unknown): unknown {
  if (newer.has(key)) return undefined;
  if (key === 'sku' && isObject(value) && value['tier'] === 'Regional') return { name: 'Basic' };
  if (key === 'diagnosticsProfile' && isObject(value)) {
    const boot = value['bootDiagnostics'];
    return isObject(boot) && boot['storageUri'] !== undefined ? value : undefined;
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
