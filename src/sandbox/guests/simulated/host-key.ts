import { generateKeyPairSync } from 'node:crypto';

/**
 * A new SSH host key, PEM. Node makes it: of the Ed25519 keys that ssh2 1.17 makes, it cannot read one in about 256 itself
 * ("Malformed OpenSSH private key").
 */
export function newHostKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
}
