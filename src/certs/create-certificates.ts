import type { Secret } from '../secret/secret.ts';
import { type CertificateWithKey, type Issuer, signCertificate } from './sign-certificate.ts';
import { alternativeNames } from './subject-alternative-names.ts';

/** What docker-machine writes where another tool would write a machine's name (docker/machine:libmachine/cert/bootstrap.go). */
const BOOTSTRAP = '<bootstrap>';

export interface CaRequest {
  /** `$USER`, or `unknown`. Becomes the organisation. */
  readonly user: string;
  readonly now: Date;
  /** Renews the certificate of an existing key. @defaultValue a new key */
  readonly key?: Secret;
}

export interface ClientRequest {
  readonly user: string;
  readonly now: Date;
  readonly ca: Issuer;
}

export interface ServerRequest {
  readonly user: string;
  /** The machine's. */
  readonly name: string;
  /** Names and addresses under which the engine is reached; `localhost` is not added. */
  readonly names: readonly string[];
  readonly now: Date;
  readonly ca: Issuer;
  /** The engine also acts as a client of others, as a Swarm master does. @defaultValue false */
  readonly isSwarmMaster?: boolean;
}

/** A CA of its own. @throws CertificateError when the given key is not RSA */
export function createCa({ user, now, key }: CaRequest): Promise<CertificateWithKey> {
  return signCertificate({
    organization: user,
    now,
    issuer: undefined,
    ...(key === undefined ? {} : { key }),
    extensions: [
      keyUsage({ digitalSignature: true, keyEncipherment: true, keyAgreement: true, keyCertSign: true }),
      { name: 'basicConstraints', critical: true, cA: true },
    ],
  });
}

/** What a client shows to an engine. @throws CertificateError when the CA cannot be used */
export function createClientCertificate({ user, now, ca }: ClientRequest): Promise<CertificateWithKey> {
  return signCertificate({
    organization: `${user}.${BOOTSTRAP}`,
    now,
    issuer: ca,
    extensions: [
      keyUsage({ digitalSignature: true }),
      { name: 'extKeyUsage', clientAuth: true },
      { name: 'basicConstraints', critical: true, cA: false },
    ],
  });
}

/** What an engine shows to its clients. @throws CertificateError when the CA cannot be used, or a name is none */
export async function createServerCertificate(request: ServerRequest): Promise<CertificateWithKey> {
  const { user, name, names, now, ca, isSwarmMaster = false } = request;
  return signCertificate({
    organization: `${user}.${name}`,
    now,
    issuer: ca,
    extensions: [
      keyUsage({ digitalSignature: true, keyEncipherment: true, keyAgreement: true }),
      { name: 'extKeyUsage', serverAuth: true, ...(isSwarmMaster ? { clientAuth: true } : {}) },
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'subjectAltName', altNames: alternativeNames(names) },
    ],
  });
}

function keyUsage(usages: Readonly<Record<string, true>>): object {
  return { name: 'keyUsage', critical: true, ...usages };
}
