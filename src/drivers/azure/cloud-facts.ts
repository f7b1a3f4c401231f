import { UsageError } from '../../errors/usage-error.ts';
import type { Cloud } from './clouds.ts';

/** What a document says about a cloud. */
export interface CloudFacts {
  readonly name: string | undefined;
  /** Azure Resource Manager. Undefined where the document was asked of it. */
  readonly endpoint: string | undefined;
  /** Microsoft Entra or ADFS, which is told by the path `/adfs`. */
  readonly login: string;
  readonly audience: string;
  /** Undefined where the document does not say; only messages want it. */
  readonly dnsSuffix: string | undefined;
  readonly isStackHub: boolean;
}

/**
 * @param address the address of its Azure Resource Manager, or its name
 * @throws UsageError when an address in the facts is none
 */
export function customCloud(address: string, facts: CloudFacts): Cloud {
  const endpoint = origin(facts.endpoint ?? address, address);
  const isFederated = /\/adfs\/?$/i.test(facts.login);
  return {
    name: address,
    endpoint,
    authority: origin(facts.login, address),
    scope: `${facts.audience.replace(/\/+$/, '')}/.default`,
    dnsSuffix: facts.dnsSuffix ?? `cloudapp.${new URL(endpoint).hostname.replace(/^management\./, '')}`,
    sshPort: 22,
    custom: true,
    ...(isFederated ? { tenantId: 'adfs' } : {}),
    isStackHub: facts.isStackHub,
  };
}

/** Reads the file of AZURE_ENVIRONMENT_FILEPATH. @throws UsageError naming the file and the key */
export function parseEnvironmentFile(text: string, file: string): CloudFacts {
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${file} is no JSON.`, { resource: file, cause: error });
  }
  const get = (key: string): string | undefined => {
    const value = raw?.[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const need = (key: string): string => {
    const value = get(key);
    if (value === undefined) throw new UsageError(`${file} does not say ${key}.`, { resource: file });
    return value;
  };
  const endpoint = need('resourceManagerEndpoint');
  return {
    name: get('name'),
    endpoint,
    login: need('activeDirectoryEndpoint'),
    audience: get('tokenAudience') ?? get('serviceManagementEndpoint') ?? endpoint,
    dnsSuffix: get('resourceManagerVMDNSSuffix'),
    isStackHub: get('name')?.toLowerCase() === 'azurestackcloud',
  };
}

function origin(address: string, cloud: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return url.origin;
  throw new UsageError(`Cloud ${cloud} names ${JSON.stringify(address)}, which is no https address.`, {
    resource: '--azure-environment',
  });
}
