import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { CertificateError } from '../errors/certificate-error.ts';
import type { Secret } from '../secret/secret.ts';

const DAY_MS = 86_400_000;

/** A certificate, and where it comes from, for errors. */
export interface CertificateFile {
  /** PEM; of several certificates the first counts. */
  readonly text: string;
  readonly file: string;
}

/** A private key, and where it comes from, for errors. */
export interface KeyFile {
  /** PEM */
  readonly text: Secret;
  readonly file: string;
}

/** Reads a certificate. @throws CertificateError naming the file */
export function parseCertificate({ text, file }: CertificateFile): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw new CertificateError(`${file} does not hold a certificate in PEM format.`, { resource: file, cause: error });
  }
}

/** Whole days until a certificate expires, rounded down: 0 on its last day, below 0 when it has expired. */
export function daysLeft(certificate: X509Certificate, now: Date): number {
  return Math.floor((certificate.validToDate.getTime() - now.getTime()) / DAY_MS);
}

export function isExpired(certificate: X509Certificate, now: Date): boolean {
  return certificate.validToDate <= now;
}

export function isNotYetValid(certificate: X509Certificate, now: Date): boolean {
  return certificate.validFromDate > now;
}

/** True when `ca` signed `certificate`: name and signature fit. */
export function isSignedBy(certificate: X509Certificate, ca: X509Certificate): boolean {
  return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}

/** True when `key` is the certificate's own. @throws CertificateError naming the key's file when it holds no usable key */
export function isKeyOf(certificate: X509Certificate, key: KeyFile): boolean {
  return certificate.checkPrivateKey(parseKey(key));
}

/** Reads a private key. @throws CertificateError naming the file */
export function parseKey({ text, file }: KeyFile): KeyObject {
  try {
    return createPrivateKey(text.reveal());
  } catch (error) {
    throw new CertificateError(`${file} does not hold a private key that can be read without a password.`, {
      resource: file,
      cause: error,
    });
  }
}

/** True when an engine that shows `certificate` may be reached under `address`, an IP address or a DNS name. */
export function covers(certificate: X509Certificate, address: string): boolean {
  const found =
    isIP(address) === 0 ? certificate.checkHost(address, { subject: 'never' }) : certificate.checkIP(address);
  return found !== undefined;
}

/** The certificates of a file in PEM, one after the other, each as it stands there. */
export function certificatesOf(pem: string): readonly string[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []).map((one) => `${one}\n`);
}

/** Of several CAs in a file the one that signed `certificate`; the first when none of them did. @throws CertificateError naming the file */
export function issuerOf(certificate: X509Certificate, { text, file }: CertificateFile): X509Certificate {
  const first = parseCertificate({ text, file });
  const all = certificatesOf(text).map((pem) => parseCertificate({ text: pem, file }));
  return all.find((ca) => isSignedBy(certificate, ca)) ?? first;
}
