import type { EngineOptions, MachineRecord } from '../../store/record.ts';
import type { ChangeRequest, Unset } from './change-request.ts';

/** The record's lists that a flag adds to, and what tells two values of it apart. */
const LISTS = {
  'docker-option': { list: 'ArbitraryFlags', keyOf: beforeEquals },
  'engine-opt': { list: 'ArbitraryFlags', keyOf: beforeEquals },
  'engine-label': { list: 'Labels', keyOf: beforeEquals },
  'engine-env': { list: 'Env', keyOf: beforeEquals },
  'engine-registry-mirror': { list: 'RegistryMirror', keyOf: whole },
  'engine-insecure-registry': { list: 'InsecureRegistry', keyOf: whole },
} as const;

/** The record as a change wants it. What is given is added, or takes the place of what has the same name. */
export function changeEngine(
  record: MachineRecord,
  { engine, tlsSans, unset }: Pick<ChangeRequest, 'engine' | 'tlsSans' | 'unset'>,
): MachineRecord {
  const { HostOptions: host } = record;
  const options = { ...host.EngineOptions };
  for (const { flag, key } of unset) {
    if (flag === 'engine-storage-driver') options.StorageDriver = '';
    const place = Object.entries(LISTS).find(([name]) => name === flag)?.[1];
    if (place !== undefined) options[place.list] = without(options[place.list], place.keyOf, key);
  }
  for (const { list, keyOf } of Object.values(LISTS)) {
    const given = engine[list];
    if (given !== undefined) options[list] = merge(options[list] ?? [], given ?? [], keyOf);
  }
  if (engine.StorageDriver !== undefined) options.StorageDriver = engine.StorageDriver;
  const names = sans(host.AuthOptions.ServerCertSANs ?? [], tlsSans, unset);
  return {
    ...record,
    HostOptions: {
      ...host,
      EngineOptions: options,
      AuthOptions: { ...host.AuthOptions, ServerCertSANs: names },
    },
  };
}

/** True when the server certificate has to have other names. */
export function hasOtherNames(before: MachineRecord, after: MachineRecord): boolean {
  const names = ({ HostOptions }: MachineRecord) => JSON.stringify(HostOptions.AuthOptions.ServerCertSANs ?? []);
  return names(before) !== names(after);
}

/**
 * Options that an engine cannot take up beside running containers: it would look for them elsewhere or in another form, or would leave
 * the option alone because of them, so that a mistake in it shows at the next boot
 * (https://docs.docker.com/engine/daemon/live-restore/, "Live restore upon restart"). `config-file` is here because live-restore is
 * switched on in that file.
 */
const ENDS_CONTAINERS = new Set([
  ...['containerd', 'containerd-namespace', 'containerd-plugins-namespace', 'data-root', 'exec-opt', 'exec-root'],
  ...['graph', 'storage-driver', 'userns-remap'],
  ...['bip', 'bip6', 'bridge', 'default-address-pool', 'default-gateway', 'default-gateway-v6'],
  ...['fixed-cidr', 'fixed-cidr-v6', 'ipv6', 'mtu'],
  'config-file',
]);

/** Names of changed options under which containers cannot run on. */
export function endsContainers(before: EngineOptions, after: EngineOptions): string[] {
  const was = optionsOf(before);
  const is = optionsOf(after);
  const changed = [...ENDS_CONTAINERS].filter((name) => was.get(name) !== is.get(name));
  return is.get('live-restore') === 'live-restore=false' ? [...changed, 'live-restore=false'] : changed;
}

function optionsOf({ ArbitraryFlags, StorageDriver }: EngineOptions): Map<string, string> {
  const options = [...(StorageDriver === '' ? [] : [`storage-driver=${StorageDriver}`]), ...(ArbitraryFlags ?? [])];
  const found = new Map<string, string>();
  for (const option of options) {
    const name = beforeEquals(option);
    found.set(name, found.has(name) ? `${found.get(name)} ${option}` : option);
  }
  return found;
}

function sans(before: readonly string[], given: readonly string[], unset: readonly Unset[]): string[] {
  let names = [...before];
  for (const { flag, key } of unset) if (flag === 'tls-san') names = without(names, whole, key);
  return merge(names, given, whole);
}

function merge(old: readonly string[], given: readonly string[], keyOf: (value: string) => string): string[] {
  const keys = new Set(given.map(keyOf));
  return [...old.filter((value) => !keys.has(keyOf(value))), ...given];
}

function without(list: readonly string[] | null, keyOf: (value: string) => string, key: string | undefined): string[] {
  return (list ?? []).filter((value) => key !== undefined && keyOf(value) !== key);
}

function beforeEquals(text: string): string {
  const at = text.indexOf('=');
  return at === -1 ? text : text.slice(0, at);
}

function whole(text: string): string {
  return text;
}
