import { createHash } from 'node:crypto';

/** Names of algorithms, those of others with their domain (RFC 4251, 6). */
const TYPE = /^[a-z0-9-]{1,64}(@[a-z0-9.-]{1,64})?$/;

/**
 * A host key as `ssh-keyscan` prints its last two fields, from the bytes that the server sends (RFC 4253, 6.6).
 * @throws Error when the bytes name no type of key
 */
export function hostKeyText(blob: Buffer): string {
  return `${hostKeyType(blob)} ${blob.toString('base64')}`;
}

/** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, …: the first field of the key. @throws Error when it is none */
export function hostKeyType(blob: Buffer): string {
  const type = blob.length < 4 ? '' : blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
  // It goes into records, and into files that OpenSSH reads.
  if (!TYPE.test(type)) throw new Error('what it shows is no host key');
  return type;
}

/** The SHA-256 fingerprint as OpenSSH shows it: `SHA256:` and unpadded base64. `key` is `TYPE BASE64`. */
export function fingerprint(key: string): string {
  const blob = Buffer.from(key.trim().split(/\s+/)[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
