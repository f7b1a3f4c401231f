import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './state/write-atomically.ts';

/** Who the sandbox is and who may enter. Made at the first start, kept until `reset` of the directory. */
export interface Identity {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlToken: string;
  /** Object id of the one principal. */
  readonly principalId: string;
  /** PEM of the EC P-256 key that signs tokens. */
  readonly tokenKey: string;
}

/** Reads `identity.json` of the directory, or makes a new identity and writes it. */
export async function ensureIdentity(directory: string): Promise<Identity> {
  const path = join(directory, 'identity.json');
  if (existsSync(path)) return parseIdentity(readFileSync(path, 'utf8'));
  const identity: Identity = {
    tenantId: randomUUID(),
    subscriptionId: randomUUID(),
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString('base64url'),
    controlToken: randomBytes(24).toString('base64url'),
    principalId: randomUUID(),
    tokenKey: generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey,
  };
  await writeAtomically(path, `${JSON.stringify(identity, null, 2)}\n`);
  return identity;
}

function parseIdentity(text: string): Identity {
  return JSON.parse(text) as Identity;
}
