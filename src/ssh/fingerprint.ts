import { createHash } from 'node:crypto';

/** A host key as `ssh-keyscan` prints its last two fields, from the bytes that the server sends (RFC 4253, 6.6). */
export function hostKeyText(blob: Buffer): string {
  return `${hostKeyType(blob)} ${blob.toString('base64')}`;
}

/** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, …: the first field of the key. */
export function hostKeyType(blob: Buffer): string {
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
}

/** The SHA-256 fingerprint as OpenSSH shows it: `SHA256:` and unpadded base64. `key` is `TYPE BASE64`. */
export function fingerprint(key: string): string {
  const blob = Buffer.from(key.trim().split(/\s+/)[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
