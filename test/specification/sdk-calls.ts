import { readdirSync, readFileSync } from 'node:fs';
import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { ResourceManagementClient } from '@azure/arm-resources';

const driver = new URL('../../src/drivers/azure/', import.meta.url);
/** Names in the driver for a group of operations that is passed around. */
const aliases: Readonly<Record<string, string>> = { vms: 'virtualMachines' };

/**
 * Operations that the Azure driver's source calls, as the OpenAPI documents name them: `virtualMachines.get(` is
 * `VirtualMachines_Get`, for the SDK's groups and methods are generated from those names.
 */
export function sdkCalls(): string[] {
  const credential = { getToken: () => Promise.resolve(null) };
  const clients = [
    new ComputeManagementClient(credential, 'subscription'),
    new NetworkManagementClient(credential, 'subscription'),
    new ResourceManagementClient(credential, 'subscription'),
  ];
  const groups = new Map(clients.flatMap((client) => Object.entries<object>({ ...client })));
  const found = new Set<string>();
  for (const file of readdirSync(driver, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const text = readFileSync(new URL(file, driver), 'utf8');
    for (const [group, method] of [...callsIn(text), ...choicesIn(text)]) {
      const name = aliases[group] ?? group;
      const operations = groups.get(name);
      if (operations !== undefined && Object.hasOwn(operations, method))
        found.add(`${capital(name)}_${capital(method)}`);
      // Some operations belong to no group.
      else if (clients.some((client) => Object.hasOwn(Object.getPrototypeOf(client), method)))
        found.add(capital(method));
    }
  }
  return [...found].sort();
}

type Call = readonly [group: string, method: string];

function callsIn(text: string): Call[] {
  return [...text.matchAll(/(\w*)\)*\s*\.(\w+)\(/g)].map(([, group = '', method = '']) => [group, method]);
}

/** Either of two groups is asked: `(isShared ? client.sharedGalleryImages : client.communityGalleryImages).get(`, or by a name for both. */
function choicesIn(text: string): Call[] {
  return [...text.matchAll(CHOICE)].flatMap(([, name, one = '', other = '', method]) => {
    const named = callsIn(text).flatMap(([group, called]) => (group === name ? [called] : []));
    return (method === undefined ? named : [method]).flatMap((called): Call[] => [
      [one, called],
      [other, called],
    ]);
  });
}

const CHOICE = /(?:const (\w+) = )?\(?\w+ \? client\.(\w+) : client\.(\w+)(?:\)\s*\.(\w+)\()?/g;

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
