import { dirname, isAbsolute, join } from 'node:path';
import { CONFIG_VERSION, type Json, type JsonObject } from './record.ts';

/** Where the record was found, to fill in what old formats leave open. */
export interface RecordPlace {
  readonly root: string;
  readonly name: string;
}

/**
 * Brings a record of an older format to ConfigVersion 3, as docker-machine does (docker/machine:libmachine/host/migrate.go),
 * one version after the other. Where docker-machine ends with paths such as `.` or drops what the user had set, this keeps
 * sane values: directories come from the record where it has them, else from where it was found; AuthOptions.StorePath
 * is the machine's directory, as in records made anew; engine options of a v0 record survive.
 */
export function migrateRecord(raw: JsonObject, version: number, place: RecordPlace): JsonObject {
  let record = raw;
  if (version < 1) record = fromVersion0(record);
  if (version < 2) record = fromVersion1(record, place);
  if (version < 3) record = fromVersion2(record, place);
  return record;
}

/** v0 is flat: paths and Swarm settings move into options of their own. */
function fromVersion0(v0: JsonObject): JsonObject {
  const options = objectAt(v0, 'HostOptions');
  const { StorePath, CaCertPath, PrivateKeyPath, ServerCertPath, ServerKeyPath, ClientCertPath, ClientKeyPath } = v0;
  const { SwarmHost, SwarmMaster, SwarmDiscovery, ...rest } = v0;
  const moved = ['CaCertPath', 'PrivateKeyPath', 'ServerCertPath', 'ServerKeyPath', 'ClientCertPath', 'ClientKeyPath'];
  return {
    ...without(rest, moved),
    ConfigVersion: 1,
    HostOptions: {
      Driver: '',
      Memory: 0,
      Disk: 0,
      ...options,
      EngineOptions: { TlsVerify: true, InstallURL: 'https://get.docker.com', ...objectAt(options, 'EngineOptions') },
      SwarmOptions: defined({
        Host: SwarmHost,
        Master: SwarmMaster,
        Discovery: SwarmDiscovery,
        ...objectAt(options, 'SwarmOptions'),
      }),
      AuthOptions: defined({
        StorePath,
        CaCertPath,
        PrivateKeyPath,
        ServerCertPath,
        ServerKeyPath,
        ClientCertPath,
        ClientKeyPath,
        ...objectAt(options, 'AuthOptions'),
      }),
    },
  };
}

/** v2 renames the CA's key, and knows the directory of the certificates. */
function fromVersion1(v1: JsonObject, place: RecordPlace): JsonObject {
  const options = objectAt(v1, 'HostOptions');
  const { PrivateKeyPath, ...auth } = objectAt(options, 'AuthOptions');
  const root = storeRoot(v1, place);
  return {
    ...v1,
    ConfigVersion: 2,
    HostOptions: {
      ...options,
      AuthOptions: {
        ...auth,
        CaPrivateKeyPath: PrivateKeyPath ?? '',
        CertDir: join(root, 'certs'),
        StorePath: join(root, 'machines', place.name),
      },
    },
  };
}

/** v3 keeps the store's root with the driver instead of the machine's directory with the host. */
function fromVersion2(v2: JsonObject, place: RecordPlace): JsonObject {
  const { StorePath, ...rest } = v2;
  return {
    ...rest,
    ConfigVersion: CONFIG_VERSION,
    Driver: {
      ...objectAt(v2, 'Driver'),
      StorePath: storeRoot({ ...(StorePath === undefined ? {} : { StorePath }) }, place),
    },
  };
}

/** Old records name the machine's directory, two levels below the root. */
function storeRoot(record: JsonObject, place: RecordPlace): string {
  const { StorePath } = record;
  return typeof StorePath === 'string' && isAbsolute(StorePath) ? dirname(dirname(StorePath)) : place.root;
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function without(parent: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(parent).filter(([key]) => !keys.includes(key)));
}

function defined(entries: Record<string, Json | undefined>): JsonObject {
  const found: JsonObject = {};
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) found[key] = value;
  return found;
}
