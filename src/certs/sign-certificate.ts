import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { CertificateError } from '../errors/certificate-error.ts';
import { Secret } from '../secret/secret.ts';
import { createKeyPair } from './key-pair.ts';

/** A certificate with its key, and its serial number in upper-case hex, as Node's TLS shows it. */
export interface CertificateWithKey {
  /** PEM */
  readonly cert: string;
  /** PEM, PKCS#1 */
  readonly key: Secret;
  readonly serial: string;
}

/** Who signs: a CA's certificate and its key, PEM. */
export interface Issuer {
  readonly cert: string;
  readonly key: Secret;
}

export interface CertificateRequest {
  /** The whole subject is this organisation: docker-machine's certificates have no common name. */
  readonly organization: string;
  readonly now: Date;
  /** In node-forge's words, without the key identifiers, which are added here. */
  readonly extensions: readonly object[];
  /** Undefined makes a CA that signs itself. */
  readonly issuer: Issuer | undefined;
  /** Key pair of an earlier certificate. @defaultValue a new one */
  readonly key?: Secret;
}

/** docker/machine:libmachine/cert/cert.go: three years less fifteen days. */
export const VALIDITY_DAYS = 1080;
/** Certificates are valid from a little earlier, for hosts whose clocks are behind. */
const BACKDATED_MINUTES = 5;
const DAY_MS = 86_400_000;
const PRINTABLE_STRING = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

type Certificate = forge.pki.Certificate;
type Attributes = forge.pki.CertificateField[];

/**
 * Makes a key pair and a certificate for it: X.509 v3, RSA 2048, SHA-256 (docker/machine:libmachine/cert/cert.go).
 *
 * @throws CertificateError when the issuer's certificate or key cannot be used
 */
export async function signCertificate(request: CertificateRequest): Promise<CertificateWithKey> {
  const { publicKey, privateKey } = request.key === undefined ? await createKeyPair() : existingPair(request.key);
  const { pki } = forge;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = randomSerial();
  certificate.validity = validityFrom(request.now);
  certificate.setSubject(organizationOnly(request.organization));
  const issuer = request.issuer === undefined ? undefined : parseIssuer(request.issuer);
  certificate.setIssuer(issuer === undefined ? certificate.subject.attributes : subjectOf(issuer.certificate));
  certificate.setExtensions([...request.extensions, ...keyIdentifiers(issuer?.certificate)]);
  certificate.sign(issuer?.key ?? pki.privateKeyFromPem(privateKey.reveal()), forge.md.sha256.create());
  return {
    cert: lines(pki.certificateToPem(certificate)),
    key: privateKey,
    serial: certificate.serialNumber.toUpperCase(),
  };
}

function existingPair(key: Secret): { publicKey: string; privateKey: Secret } {
  const pem = rsaKeyPem(key);
  const publicKey = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
  return { publicKey, privateKey: new Secret(pem) };
}

function parseIssuer({ cert, key }: Issuer): { certificate: Certificate; key: forge.pki.rsa.PrivateKey } {
  try {
    return { certificate: forge.pki.certificateFromPem(cert), key: forge.pki.privateKeyFromPem(rsaKeyPem(key)) };
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    throw new CertificateError('The CA cannot be used to sign: azdock signs with RSA keys only.', { cause: error });
  }
}

/** Any unencrypted RSA key as PKCS#1. */
function rsaKeyPem(key: Secret): string {
  const parsed = createPrivateKey(key.reveal());
  if (parsed.asymmetricKeyType !== 'rsa')
    throw new CertificateError(`The CA's key is of type ${parsed.asymmetricKeyType}: azdock signs with RSA keys only.`);
  return parsed.export({ type: 'pkcs1', format: 'pem' }).toString();
}

/** Positive and below 2^127; the first byte is never zero, because DER forbids leading zeros. */
function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function validityFrom(now: Date): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(now.getTime() - BACKDATED_MINUTES * 60_000);
  notBefore.setUTCSeconds(0, 0);
  return { notBefore, notAfter: new Date(notBefore.getTime() + VALIDITY_DAYS * DAY_MS) };
}

/** In the narrowest string type that can hold it, as Go chooses: Go's parser refuses `<` in a PrintableString. */
function organizationOnly(value: string): Attributes {
  const { Type } = forge.asn1;
  const valueTagClass = PRINTABLE_STRING.test(value) ? Type.PRINTABLESTRING : Type.UTF8;
  return [{ shortName: 'O', value, valueTagClass: parseTag(valueTagClass) }];
}

/** The issuer's name for use in another certificate. node-forge reads UTF-8 as bytes, but encodes it again when it writes. */
function subjectOf(certificate: Certificate): Attributes {
  const utf8 = parseTag(forge.asn1.Type.UTF8);
  return certificate.subject.attributes.map((attribute) =>
    attribute.valueTagClass === utf8 && typeof attribute.value === 'string'
      ? { ...attribute, value: forge.util.decodeUtf8(attribute.value) }
      : attribute,
  );
}

/** node-forge wants the number of a type here, and its type definitions that of a class. */
function parseTag(type: forge.asn1.Type): forge.asn1.Class {
  return type as number as forge.asn1.Class;
}

/** A CA names its key, and what it signs refers to it. CAs of old docker-machine versions have no name for theirs. */
function keyIdentifiers(issuer: Certificate | undefined): object[] {
  if (issuer === undefined) return [{ name: 'subjectKeyIdentifier' }];
  const found = issuer.getExtension('subjectKeyIdentifier');
  if (found === undefined || found === null || !('subjectKeyIdentifier' in found)) return [];
  const keyIdentifier = forge.util.hexToBytes(String(found.subjectKeyIdentifier));
  return [{ name: 'authorityKeyIdentifier', keyIdentifier }];
}

/** node-forge ends lines as Windows does; everybody else's PEM files do not. */
function lines(pem: string): string {
  return pem.replaceAll('\r\n', '\n');
}
