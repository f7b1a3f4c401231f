import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

/** A command line for `sh -c`, or a program with its arguments. */
export type CloudCommand = string | readonly string[];

export interface CloudFile {
  readonly path: string;
  readonly content: Buffer;
  /** Permission bits. @defaultValue 0o644 */
  readonly mode: number;
  /** `user:group`. @defaultValue root:root */
  readonly owner: string;
  readonly append: boolean;
}

export interface CloudConfig {
  readonly bootCommands: readonly CloudCommand[];
  readonly files: readonly CloudFile[];
  readonly commands: readonly CloudCommand[];
}

const known = ['write_files', 'runcmd', 'bootcmd'];

/**
 * The modules of cloud-init that guests play: `bootcmd`, `write_files` and `runcmd`.
 * @throws Error that names the key which guests do not understand, or what is wrong with the value of one they do
 */
export function parseCloudConfig(text: string): CloudConfig {
  const document: unknown = parse(text);
  if (document === null || document === undefined) return { bootCommands: [], files: [], commands: [] };
  const config = parseMapping(document, '#cloud-config');
  for (const key of Object.keys(config))
    if (!known.includes(key))
      throw new Error(`the sandbox's guests do not understand "${key}" of a #cloud-config, only ${known.join(', ')}`);
  return {
    bootCommands: parseList(config['bootcmd'], 'bootcmd').map((entry) => parseCommand(entry, 'bootcmd')),
    files: parseList(config['write_files'], 'write_files').map(parseFile),
    commands: parseList(config['runcmd'], 'runcmd').map((entry) => parseCommand(entry, 'runcmd')),
  };
}

function parseFile(value: unknown): CloudFile {
  const {
    path,
    content = '',
    encoding = 'text/plain',
    permissions,
    owner,
    append = false,
    ...rest
  } = parseMapping(value, 'an entry of write_files');
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new Error('an entry of write_files needs an absolute path');
  const [unknownKey] = Object.keys(rest);
  if (unknownKey !== undefined)
    throw new Error(`the sandbox's guests do not understand "${unknownKey}" of write_files`);
  if (typeof content !== 'string') throw new Error(`the content of ${path} in write_files has to be text`);
  return {
    path,
    content: decode(content, String(encoding), path),
    mode: parseMode(permissions, path),
    owner: typeof owner === 'string' ? owner : 'root:root',
    append: append === true,
  };
}

/** Encodings by their names in cloud-init's documentation of `write_files`. */
function decode(content: string, encoding: string, path: string): Buffer {
  switch (encoding) {
    case 'text/plain':
      return Buffer.from(content);
    case 'b64':
    case 'base64':
      return Buffer.from(content, 'base64');
    case 'gz':
    case 'gzip':
      return gunzipSync(Buffer.from(content, 'latin1'));
    case 'gz+b64':
    case 'gz+base64':
    case 'gzip+b64':
    case 'gzip+base64':
      return gunzipSync(Buffer.from(content, 'base64'));
    default:
      throw new Error(`${path} in write_files has the unknown encoding "${encoding}"`);
  }
}

/** YAML reads `'0600'` as text and `0o600` as a number; both mean octal. */
function parseMode(value: unknown, path: string): number {
  if (value === undefined) return 0o644;
  const mode = typeof value === 'number' ? value : Number.parseInt(String(value), 8);
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777)
    throw new Error(`the permissions of ${path} in write_files have to be octal, such as '0600'`);
  return mode;
}

function parseCommand(value: unknown, key: string): CloudCommand {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(String);
  throw new Error(`an entry of ${key} has to be text or a list`);
}

function parseList(value: unknown, key: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`"${key}" of a #cloud-config has to be a list`);
  return value;
}

function parseMapping(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${what} has to be a mapping`);
  return value as Record<string, unknown>;
}
