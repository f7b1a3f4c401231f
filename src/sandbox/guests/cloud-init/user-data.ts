import { gunzipSync } from 'node:zlib';
import { type CloudConfig, parseCloudConfig } from './cloud-config.ts';

export type UserDataPart =
  | { readonly kind: 'script'; readonly content: Buffer }
  | { readonly kind: 'cloud-config'; readonly config: CloudConfig };

export interface UserData {
  readonly parts: readonly UserDataPart[];
  /** One sentence for each part that cannot be used, and why. */
  readonly errors: readonly string[];
}

/**
 * Custom data as cloud-init reads it (cloud-init documentation, "User data formats"): a script with `#!`, a
 * `#cloud-config`, a MIME multipart of those, each of them possibly compressed with gzip.
 */
export function readUserData(data: Buffer): UserData {
  const plain = isGzip(data) ? gunzipSync(data) : data;
  if (plain.toString('latin1').trim() === '') return { parts: [], errors: [] };
  const multipart = multipartBodies(plain);
  const bodies = multipart ?? [plain];
  const parts: UserDataPart[] = [];
  const errors: string[] = [];
  for (const [index, body] of bodies.entries()) {
    const name = bodies.length === 1 ? 'custom data' : `part ${index + 1} of custom data`;
    try {
      parts.push(readPart(isGzip(body) ? gunzipSync(body) : body));
    } catch (error) {
      errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { parts, errors };
}

function readPart(body: Buffer): UserDataPart {
  const [firstLine = ''] = body.subarray(0, 200).toString('latin1').split('\n');
  if (firstLine.startsWith('#!')) return { kind: 'script', content: body };
  if (firstLine.trimEnd() === '#cloud-config')
    return { kind: 'cloud-config', config: parseCloudConfig(body.toString()) };
  throw new Error(`"${firstLine.trim().slice(0, 40)}" begins neither a script nor a #cloud-config`);
}

function isGzip(data: Buffer): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

/** Bodies of a `multipart/mixed` message (RFC 2046, 5.1), decoded; undefined when the data is no such message. */
function multipartBodies(data: Buffer): Buffer[] | undefined {
  // latin1 keeps bytes as they are, so that bodies come out unchanged.
  const text = data.toString('latin1').replaceAll('\r\n', '\n');
  const [head] = text.split('\n\n', 1);
  if (head === undefined || !/^(mime-version|content-type):/i.test(text)) return undefined;
  const type = header(head, 'content-type');
  const boundary = /boundary="?([^";\s]+)"?/i.exec(type)?.[1];
  if (!/^multipart\//i.test(type) || boundary === undefined) return undefined;
  const [, ...sections] = `\n${text}`.split(`\n--${boundary}`);
  return sections
    .filter((section) => !section.startsWith('--'))
    .flatMap((section) => {
      // A message within the message: its parts count as parts of the whole.
      const inner = multipartBodies(Buffer.from(section.replace(/^\n/, ''), 'latin1'));
      if (inner !== undefined) return inner;
      const cut = section.indexOf('\n\n');
      return [decoded(section.slice(cut + 2), header(section.slice(0, cut), 'content-transfer-encoding'))];
    });
}

function decoded(body: string, encoding: string): Buffer {
  return encoding.toLowerCase() === 'base64' ? Buffer.from(body, 'base64') : Buffer.from(body, 'latin1');
}

function header(head: string, name: string): string {
  // A header goes on in lines that begin with white space.
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const line = lines.find((candidate) => candidate.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}
