import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Secret } from '../secret/secret.ts';

/** Size that docker-machine uses and Azure accepts at least (docker/machine:libmachine/ssh/keys.go). */
const MODULUS_BITS = 2048;

export interface SshKeyPair {
  /** PKCS#1 PEM, as docker-machine writes `id_rsa`. */
  readonly privateKey: Secret;
  /** One line of `authorized_keys` with a newline and without a comment: `ssh-rsa AAAA…`. */
  readonly publicKey: string;
}

/** A new RSA key pair of 2048 bits, made by OpenSSL off the main thread. */
export async function generateSshKeyPair(): Promise<SshKeyPair> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const { e, n } = pair.publicKey.export({ format: 'jwk' });
  if (e === undefined || n === undefined) throw new TypeError('an RSA key without exponent or modulus');
  const blob = Buffer.concat([
    field(Buffer.from('ssh-rsa')),
    field(positive(Buffer.from(e, 'base64url'))),
    field(positive(Buffer.from(n, 'base64url'))),
  ]);
  return {
    privateKey: new Secret(pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()),
    publicKey: `ssh-rsa ${blob.toString('base64')}\n`,
  };
}

/** RFC 4251, 5: a string is its length in four bytes, then its bytes. */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** RFC 4251, 5: an mpint whose highest bit is set takes a zero byte in front, or it would be negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}
