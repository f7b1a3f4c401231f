import { RecordError } from '../errors/record-error.ts';
import { formatJson, jsonProblem, parseJson } from './go-json.ts';
import { givingUp } from './giving-up.ts';
import { migrateRecord, type RecordPlace } from './migrate.ts';
import { CONFIG_VERSION, type Json, type JsonObject, type MachineRecord } from './record.ts';
import {
  AUTH_SHAPE,
  DRIVER_SHAPE,
  ENGINE_SHAPE,
  HOST_SHAPE,
  type Kind,
  type Shape,
  SWARM_SHAPE,
} from './record-shape.ts';

const ZERO: Readonly<Record<Kind, Json>> = { string: '', boolean: false, number: 0, list: null };

/** A record as read, and the format it was found in. */
export interface ParsedRecord {
  readonly record: MachineRecord;
  /** ConfigVersion in the file. Anything below {@link CONFIG_VERSION} means that `record` was migrated in memory. */
  readonly version: number;
}

/** A record and the file it comes from, for {@link parseRecord}. */
export interface RecordText extends RecordPlace {
  /** Path of the file, for errors. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a record of any format. `Name` is the directory's name, whatever the file says. Keys that docker-machine may leave
 * out get Go's zero values; keys that nobody knows stay.
 *
 * @throws RecordError when the text is no record, or one of a newer format
 */
export function parseRecord({ file, text, root, name }: RecordText): ParsedRecord {
  const fail = (why: string) =>
    new RecordError(`The record of machine ${name} cannot be used: ${file} ${why}.`, {
      resource: file,
      nextSteps: givingUp(name),
    });
  let raw: Json;
  try {
    raw = parseJson(text);
  } catch (error) {
    throw fail(`is not JSON: ${jsonProblem(error)}`);
  }
  if (!isObject(raw)) throw fail('does not hold a JSON object');
  const version = raw['ConfigVersion'] ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    throw fail('has an unreadable ConfigVersion');
  if (version > CONFIG_VERSION) throw fromTheFuture(name, file, version);
  const isOld = version < CONFIG_VERSION;
  const found = isOld ? migrateRecord(raw, version, { root, name }) : raw;

  const { DriverName: driverName } = found;
  if (typeof driverName !== 'string' || driverName === '') throw fail('has no DriverName');
  const options = section(found, 'HostOptions');
  const record = {
    ...(isOld ? { ConfigVersion: CONFIG_VERSION, Driver: {}, DriverName: '', HostOptions: {}, Name: '' } : {}),
    ...found,
    Driver: complete(section(found, 'Driver'), DRIVER_SHAPE, 'Driver'),
    HostOptions: {
      ...complete(options, HOST_SHAPE, 'HostOptions'),
      EngineOptions: complete(section(options, 'EngineOptions'), ENGINE_SHAPE, 'EngineOptions'),
      SwarmOptions: complete(
        options['SwarmOptions'] == null ? {} : section(options, 'SwarmOptions'),
        SWARM_SHAPE,
        'SwarmOptions',
      ),
      AuthOptions: complete(section(options, 'AuthOptions'), AUTH_SHAPE, 'AuthOptions'),
    },
    Name: name,
  };
  return { record: record as JsonObject as unknown as MachineRecord, version };

  function section(parent: JsonObject, key: string): JsonObject {
    const value = parent[key];
    if (!isObject(value)) throw fail(value == null ? `has no ${key}` : `has something else than an object at ${key}`);
    return value;
  }

  /** Checks the known keys and adds those that are missing: in their place after a migration, else at the end. */
  function complete(part: JsonObject, shape: Shape, path: string): JsonObject {
    const zeros: JsonObject = {};
    for (const [key, kind] of Object.entries(shape)) if (isOld || part[key] === undefined) zeros[key] = ZERO[kind];
    const whole = isOld ? { ...zeros, ...part } : { ...part, ...zeros };
    for (const [key, kind] of Object.entries(shape)) {
      if (!isKind(whole[key] ?? ZERO[kind], kind)) throw fail(`has something else than a ${kind} at ${path}.${key}`);
    }
    return whole;
  }
}

/** The text of `config.json`, byte for byte as docker-machine would write it. */
export function formatRecord(record: MachineRecord): string {
  return formatJson(record);
}

function fromTheFuture(name: string, file: string, version: number): RecordError {
  return new RecordError(
    `The record of machine ${name} was written by a newer version: ${file} has ConfigVersion ${version}, and this azdock knows ${CONFIG_VERSION}. Update azdock to use this machine.`,
    { resource: file, nextSteps: [{ label: 'See which azdock this is', command: 'azdock --version' }] },
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind(value: Json, kind: Kind): boolean {
  if (kind === 'list')
    return value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  return typeof value === kind;
}
