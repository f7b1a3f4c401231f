import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors/usage-error.ts';
import { parseAzClouds } from './az-clouds.ts';
import { discoverCloud } from './cloud-metadata.ts';
import type { Cloud } from './clouds.ts';
import { type CloudFacts, customCloud, parseEnvironmentFile } from './cloud-facts.ts';
import type { AzureDependencies } from './dependencies.ts';
import { knownCloudNames } from './known-clouds.ts';

const FLAG = '--azure-environment';

/**
 * A cloud that is not Microsoft's own, such as an Azure Stack Hub.
 *
 * @param environment address of its Azure Resource Manager, or a name
 * @throws UsageError when it cannot be found, or its document cannot be used
 */
export async function findCustomCloud(environment: string, dependencies: AzureDependencies): Promise<Cloud> {
  if (/^https?:/i.test(environment)) return discover(environment, dependencies);
  const facts = (await fromFile(environment, dependencies)) ?? (await fromAz(environment, dependencies));
  if (facts !== undefined) return customCloud(environment, facts);
  throw new UsageError(
    `${FLAG} ${JSON.stringify(environment)}: expected one of ${knownCloudNames.join(', ')}, sandbox, the https address of a cloud's Azure Resource Manager, or a cloud that az knows.`,
    { resource: FLAG, nextSteps: [{ label: 'Clouds that az knows', command: 'az cloud list --output table' }] },
  );
}

async function discover(address: string, dependencies: AzureDependencies): Promise<Cloud> {
  if (!/^https:\/\/[^/?#]+\/?$/i.test(address))
    throw new UsageError(
      `${FLAG} ${JSON.stringify(address)}: expected an address such as https://management.local.azurestack.external.`,
      { resource: FLAG },
    );
  const { openTransport } = await import('./transport.ts');
  const endpoint = address.replace(/\/$/, '');
  return customCloud(endpoint, await discoverCloud(endpoint, openTransport({}, dependencies), dependencies.clock));
}

/** The file that programs of the go-autorest generation read, docker-machine among them (Azure/go-autorest:autorest/azure/environments.go). */
async function fromFile(environment: string, dependencies: AzureDependencies): Promise<CloudFacts | undefined> {
  const file = dependencies.environment['AZURE_ENVIRONMENT_FILEPATH'];
  if (file === undefined || file === '') return undefined;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`AZURE_ENVIRONMENT_FILEPATH names ${file}, which cannot be read.`, {
      resource: file,
      cause: error,
    });
  });
  const facts = parseEnvironmentFile(text, file);
  const isMeant = [facts.name, 'AzureStackCloud'].some((name) => name?.toLowerCase() === environment.toLowerCase());
  return isMeant ? facts : undefined;
}

/** Clouds that `az cloud register` wrote down. */
async function fromAz(name: string, { environment }: AzureDependencies): Promise<CloudFacts | undefined> {
  const home = environment['HOME'] || environment['USERPROFILE'] || '';
  const folder = environment['AZURE_CONFIG_DIR'] || join(home, '.azure');
  const text = await readFile(join(folder, 'clouds.config'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseAzClouds(text).get(name.toLowerCase());
}
