import { X509Certificate } from 'node:crypto';
import type { EngineCredentials } from './endpoint.ts';

/**
 * What is wrong with our own side of a failed TLS connection, as a sentence. "Bad certificate", which is all that an engine
 * says, does not tell which of three files is meant.
 *
 * @returns undefined when our side looks good
 */
export function localProblem({ ca: caText, cert: certText }: EngineCredentials, now: Date): string | undefined {
  const ca = parseIfAny(caText);
  const cert = parseIfAny(certText);
  if (ca === undefined) return 'Your ca.pem does not hold a certificate.';
  if (cert === undefined) return 'Your cert.pem does not hold a certificate.';
  if (ca.validToDate <= now) return `Your CA (ca.pem) expired on ${day(ca)}.`;
  if (cert.validToDate <= now) return `Your client certificate (cert.pem) expired on ${day(cert)}.`;
  if (cert.validFromDate > now)
    return 'Your client certificate (cert.pem) is not valid yet. Is the clock of this computer right?';
  if (!cert.checkIssued(ca) || !cert.verify(ca.publicKey)) return 'Your cert.pem was not signed by your ca.pem.';
  return undefined;
}

function day(certificate: X509Certificate): string {
  return certificate.validToDate.toISOString().slice(0, 10);
}

function parseIfAny(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
