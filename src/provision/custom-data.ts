import { gunzipSync, gzipSync } from 'node:zlib';
import { UsageError } from '../errors/usage-error.ts';
import type { Secret } from '../secret/secret.ts';

/** Azure's limit on `osProfile.customData`, in bytes before base64 (REST, Virtual Machines - Create Or Update). */
const MAX_BYTES = 65_535;

/** How cloud-init tells user data apart by their beginning (cloud-init: cloudinit/handlers/__init__.py, `INCLUSION_TYPES_MAP`). */
const TYPES: readonly (readonly [prefix: string, type: string])[] = [
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config', 'text/cloud-config'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#include-once', 'text/x-include-once-url'],
  ['#include', 'text/x-include-url'],
  ['#part-handler', 'text/part-handler'],
  ['## template: jinja', 'text/jinja2'],
  ['#!', 'text/x-shellscript'],
];

/**
 * What the VM carries at boot. A lone script goes as it is; together with the user's own data it becomes a MIME archive, in which
 * the user's part comes first, because docker-machine, too, provisions after custom data has run. Compressed when too long,
 * which cloud-init undoes.
 *
 * @returns undefined when there is nothing to carry
 * @throws UsageError when it is longer than Azure takes
 */
export function customData(script: Secret | undefined, userData: Buffer | undefined): Buffer | undefined {
  if (script === undefined) return userData === undefined ? undefined : fit(userData);
  if (userData === undefined || userData.length === 0) return fit(Buffer.from(script.reveal()));
  return fit(
    Buffer.from(
      archive([userPart(userData), part('azdock-engine.sh', 'text/x-shellscript', Buffer.from(script.reveal()))]),
    ),
  );
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

function userPart(userData: Buffer): string {
  const data = isGzip(userData) ? gunzipSync(userData) : userData;
  const text = data.toString('utf8');
  // A MIME archive of the user's own brings its headers along.
  if (/^(Content-Type|MIME-Version):/i.test(text)) return text;
  const type = TYPES.find(([prefix]) => text.startsWith(prefix))?.[1];
  return part('azdock-0-user-data', type ?? 'application/octet-stream', data);
}

/** Base64 throughout: cloud-init mangles bytes beyond ASCII in parts that are not encoded. */
function part(name: string, type: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,76}/g) ?? [];
  return [
    'MIME-Version: 1.0',
    `Content-Type: ${type}; charset="utf-8"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
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
