import { type Answer, type Call, refusal, type ScriptedAzure, scriptedAzure } from './scripted-azure.ts';

export interface EchoAzure extends ScriptedAzure {
  /** What was put and not deleted, by path in lower case. */
  readonly resources: Map<string, Record<string, unknown>>;
}

/**
 * Keeps what is put and gives it back; knows none of Azure's rules. For tests of what azdock sends and in which order; the
 * sandbox is there for the rest. `instead` may answer first.
 */
export function echoAzure(instead: (call: Call) => Answer | undefined = () => undefined): EchoAzure {
  const resources = new Map<string, Record<string, unknown>>();
  const azure = scriptedAzure((call) => instead(call) ?? answer(call));
  return { ...azure, resources };

  function answer({ method, path, body }: Call): Answer {
    const key = path.toLowerCase();
    if (method === 'PUT') {
      const resource = { ...JSON.parse(body), id: path, name: path.split('/').at(-1) };
      resource.properties = { ...resource.properties, ...computed(key), provisioningState: 'Succeeded' };
      resources.set(key, resource);
      // Availability sets know no 201 (Microsoft.Compute, AvailabilitySets_CreateOrUpdate).
      return { status: key.includes('/availabilitysets/') ? 200 : 201, body: resource };
    }
    if (method === 'DELETE') {
      resources.delete(key);
      // Groups know no 204 (Microsoft.Resources, ResourceGroups_Delete).
      return { status: /\/resourcegroups\/[^/]+$/.test(key) ? 200 : 204 };
    }
    if (isList(key)) return { status: 200, body: { value: [] } };
    const found = resources.get(key);
    return found === undefined
      ? refusal(404, 'ResourceNotFound', `${path} was not found.`)
      : { status: 200, body: found };
  }
}

function isList(path: string): boolean {
  return /\/(resources|networksecuritygroups|usages|skus|virtualmachines|versions)$/.test(path);
}

function computed(path: string): object {
  if (path.includes('/publicipaddresses/')) return { ipAddress: '20.103.9.4' };
  if (path.includes('/networkinterfaces/'))
    return { ipConfigurations: [{ name: 'ip', properties: { privateIPAddress: '192.168.0.4' } }] };
  return {};
}
