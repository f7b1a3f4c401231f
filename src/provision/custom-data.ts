import { gunzipSync, gzipSync } from 'node:zlib';
import { UsageError } from '../errors/usage-error.ts';
import type { Secret } from '../secret/secret.ts';
import { type DataDiskPlace, dataDisksConfig } from './script/data-disks.ts';

/** Azure's limit on `osProfile.customData`, in bytes before base64 (REST, Virtual Machines - Create Or Update). */
const MAX_BYTES = 65_535;

/** How cloud-init tells user data apart by their beginning (cloud-init: cloudinit/handlers/__init__.py, `INCLUSION_TYPES_MAP`). */
const TYPES: readonly (readonly [prefix: string, type: string])[] = [
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['#cloud-config', 'text/cloud-config'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#include-once', 'text/x-include-once-url'],
  ['#include', 'text/x-include-url'],
  ['#part-handler', 'text/part-handler'],
  ['## template: jinja', 'text/jinja2'],
  ['#!', 'text/x-shellscript'],
];

/** What a VM may carry at boot. */
export interface BootContents {
  /** Puts the engine onto the host. */
  readonly script: Secret | undefined;
  /** The user's own; as a text it is a part already, as {@link userDataPart} makes it. */
  readonly userData: Buffer | string | undefined;
  /** Data disks that the host mounts. */
  readonly disks: readonly DataDiskPlace[];
}

/**
 * What the VM carries at boot. One thing alone goes as it is; several become a MIME archive, in which the user's part comes first,
 * because docker-machine, too, provisions after custom data has run. Compressed when too long, which cloud-init undoes.
 *
 * @returns undefined when there is nothing to carry
 * @throws UsageError when it is longer than Azure takes, or the user's part is of a kind that cannot go along with others
 */
export function customData({ script, userData, disks }: BootContents): Buffer | undefined {
  const own = userData === undefined || userData.length === 0 ? undefined : userData;
  const ours = [
    ...(disks.length === 0
      ? []
      : [{ name: 'azdock-disks.cfg', type: 'text/cloud-config', text: dataDisksConfig(disks) }]),
    ...(script === undefined ? [] : [{ name: 'azdock-engine.sh', type: 'text/x-shellscript', text: script.reveal() }]),
  ];
  const [only, ...others] = ours;
  if (only === undefined) return own === undefined ? undefined : fit(Buffer.from(own));
  if (own === undefined && others.length === 0) return fit(Buffer.from(only.text));
  const parts = ours.map(({ name, type, text }) => part(name, type, Buffer.from(text)));
  if (own === undefined) return fit(Buffer.from(archive(parts)));
  return fit(Buffer.from(archive([typeof own === 'string' ? own : userDataPart(own), ...parts])));
}

function fit(data: Buffer): Buffer {
  if (data.length <= MAX_BYTES) return data;
  const packed = isGzip(data) ? data : gzipSync(data, { level: 9 });
  if (packed.length <= MAX_BYTES) return packed;
  throw new UsageError(`The custom data have ${packed.length} bytes after compression; Azure takes ${MAX_BYTES}.`, {
    resource: '--azure-custom-data',
  });
}

function isGzip(data: Buffer): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

/** The user's custom data as a part of an archive. @throws UsageError when they are of a kind that cannot go along with others */
export function userDataPart(userData: Buffer): string {
  const data = isGzip(userData) ? unzip(userData) : userData;
  const text = data.toString('utf8');
  // A MIME archive of the user's own brings its headers along. Told as cloud-init tells it (cloudinit/user_data.py).
  if (/mime-version:/i.test(text.slice(0, 4096))) return text.replace(/^From .*\r?\n/, '');
  const beginning = text.trimStart().toLowerCase();
  const type = TYPES.find(([prefix]) => beginning.startsWith(prefix))?.[1];
  if (type !== undefined) return part('azdock-0-user-data', type, data);
  const [line = ''] = text.trimStart().split('\n');
  throw new UsageError(
    `--azure-custom-data begins with ${JSON.stringify(line.slice(0, 40))}: azdock has custom data of its own for this machine, and can join them only with what cloud-init reads, such as a script or a #cloud-config.`,
    { resource: '--azure-custom-data' },
  );
}

function unzip(data: Buffer): Buffer {
  try {
    return gunzipSync(data);
  } catch (cause) {
    throw new UsageError('--azure-custom-data looks compressed, and cannot be decompressed.', {
      resource: '--azure-custom-data',
      cause,
    });
  }
}

/**
 * Base64 throughout: cloud-init mangles bytes beyond ASCII in parts that are not encoded. Lists of a cloud-config that comes later
 * replace those of one before, unless its header says that they are added (cloud-init documentation, "Merging user data sections").
 */
function part(name: string, type: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,76}/g) ?? [];
  return [
    'MIME-Version: 1.0',
    `Content-Type: ${type}; charset="utf-8"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
    ...(name === 'azdock-disks.cfg' ? ['Merge-Type: list(append)+dict(no_replace,recurse_list)+str()'] : []),
    '',
    ...lines,
    '',
  ].join('\n');
}

function archive(parts: readonly string[]): string {
  const body = parts.join('\n');
  let boundary = 'azdock-part';
  while (body.includes(boundary)) boundary += '-';
  return [
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    'MIME-Version: 1.0',
    '',
    ...parts.flatMap((text) => [`--${boundary}`, text]),
    `--${boundary}--`,
    '',
  ].join('\n');
}
