import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Secret } from '../secret/secret.ts';

/** docker-machine's key size (docker/machine:commands/create.go, `bits`). */
const KEY_BITS = 2048;

export interface KeyPair {
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** PEM, PKCS#1: the only form that docker-machine's tools read. */
  readonly privateKey: Secret;
}

/** Makes an RSA key pair. It happens on another thread, so that everything else goes on meanwhile. */
export async function createKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return { publicKey, privateKey: new Secret(privateKey) };
}
