import type { DriverRecord, Json, JsonObject } from '../../store/record.ts';
import {
  type AzureOptions,
  ephemeralPlacements,
  evictionPolicies,
  type LoginMethod,
  loginMethods,
  securityTypes,
} from './options.ts';
import { existingJson, parseExisting } from './existing/existing-vm.ts';
import { unsetOptions } from './resolve-options.ts';

const texts = [
  'tenantId',
  'plan',
  'availabilityZone',
  'proximityPlacementGroup',
  'spotMaxPrice',
  'bootDiagnostics',
  'securityGroup',
] as const;
const counts = ['diskSizeGiB', 'faultDomainCount', 'updateDomainCount'] as const;
const switches = [
  'passwordLogin',
  'acceptTerms',
  'encryptionAtHost',
  'spot',
  'tunnel',
  'ipv6',
  'acceleratedNetworking',
] as const;
const lists = ['dataDisks', 'identities', 'allowFrom', 'fallback'] as const;

type Plain =
  | (typeof texts)[number]
  | (typeof counts)[number]
  | (typeof switches)[number]
  | (typeof lists)[number]
  | 'login'
  | 'tags'
  | 'ephemeralOsDisk'
  | 'securityType'
  | 'spotEvictionPolicy'
  | 'existing';
/** The options that docker-machine's record has no key for. */
export type ExtraOptions = Pick<AzureOptions, Plain>;

/** What goes to the sidecar's `driver`: the login, and all else that was asked for beyond docker-machine's keys. */
export function azureSidecar(options: AzureOptions): JsonObject {
  const kept: JsonObject = { login: options.login };
  for (const key of [...texts, 'ephemeralOsDisk', 'securityType', 'spotEvictionPolicy'] as const) {
    const value = options[key];
    if (value !== undefined && value !== unsetOptions[key]) kept[key] = value;
  }
  for (const key of counts) if (options[key] !== undefined) kept[key] = options[key];
  for (const key of switches) if (options[key]) kept[key] = true;
  for (const key of lists) if (options[key].length > 0) kept[key] = [...options[key]];
  if (Object.keys(options.tags).length > 0) kept['tags'] = { ...options.tags };
  if (options.existing !== undefined) kept['existing'] = existingJson(options.existing);
  return kept;
}

/** Reads what {@link azureSidecar} wrote; what is missing or no longer known is as when nothing was asked for. */
export function parseExtraOptions(sidecar: JsonObject | undefined): ExtraOptions {
  const get = (key: Plain): Json | undefined => sidecar?.[key];
  return {
    login: oneOf<LoginMethod>(loginMethods, get('login')) ?? 'auto',
    tenantId: text(get('tenantId')),
    plan: text(get('plan')),
    availabilityZone: text(get('availabilityZone')),
    proximityPlacementGroup: text(get('proximityPlacementGroup')),
    spotMaxPrice: text(get('spotMaxPrice')),
    bootDiagnostics: text(get('bootDiagnostics')) ?? unsetOptions.bootDiagnostics,
    securityGroup: text(get('securityGroup')),
    diskSizeGiB: count(get('diskSizeGiB')),
    faultDomainCount: count(get('faultDomainCount')),
    updateDomainCount: count(get('updateDomainCount')),
    passwordLogin: get('passwordLogin') === true,
    acceptTerms: get('acceptTerms') === true,
    encryptionAtHost: get('encryptionAtHost') === true,
    spot: get('spot') === true,
    tunnel: get('tunnel') === true,
    ipv6: get('ipv6') === true,
    acceleratedNetworking: get('acceleratedNetworking') === true,
    dataDisks: list(get('dataDisks')),
    identities: list(get('identities')),
    allowFrom: list(get('allowFrom')),
    fallback: list(get('fallback')),
    tags: parseTags(get('tags')),
    existing: parseExisting(get('existing')),
    ephemeralOsDisk: oneOf(ephemeralPlacements, get('ephemeralOsDisk')),
    securityType: oneOf(securityTypes, get('securityType')) ?? 'auto',
    spotEvictionPolicy: oneOf(evictionPolicies, get('spotEvictionPolicy')),
  };
}

/** The keys that rancher-machine has beyond docker-machine's (rancher/machine:drivers/azure/azure.go). */
export function rancherOptions(record: DriverRecord): Partial<ExtraOptions> {
  return {
    tenantId: text(record['TenantID']),
    securityGroup: text(record['NSG']),
    plan: text(record['Plan']),
    availabilityZone: text(record['AvailabilityZone']),
    diskSizeGiB: count(record['DiskSize']),
    faultDomainCount: count(record['FaultCount']),
    updateDomainCount: count(record['UpdateCount']),
    acceleratedNetworking: record['AcceleratedNetworking'] === true,
    encryptionAtHost: record['EncryptionAtHost'] === true,
    tags: parseTags(record['Tags']),
  };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function list(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function parseTags(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}

function oneOf<T extends string>(known: readonly T[], value: Json | undefined): T | undefined {
  return known.find((item) => item === value);
}
