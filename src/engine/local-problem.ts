import { X509Certificate } from 'node:crypto';
import type { EngineCredentials } from './endpoint.ts';

/** What is wrong with our own side of a TLS connection. */
export interface LocalProblem {
  /** A sentence. */
  readonly text: string;
  /** New certificates cure it; for one that is not valid yet, a clock may be wrong instead. */
  readonly cure: 'certificates' | 'clock';
}

/**
 * What is wrong with our own side of a failed TLS connection. "Bad certificate", which is all that an engine says, does not tell
 * which of three files is meant.
 *
 * @returns undefined when our side looks good
 */
export function localProblem({ ca: caText, cert: certText }: EngineCredentials, now: Date): LocalProblem | undefined {
  const ca = parseIfAny(caText);
  const cert = parseIfAny(certText);
  if (ca === undefined) return renew('Your ca.pem does not hold a certificate.');
  if (cert === undefined) return renew('Your cert.pem does not hold a certificate.');
  if (ca.validToDate <= now) return renew(`Your CA (ca.pem) expired on ${day(ca.validToDate)}.`);
  if (cert.validToDate <= now) return renew(`Your client certificate (cert.pem) expired on ${day(cert.validToDate)}.`);
  const early = [...(ca.validFromDate > now ? [ca] : []), ...(cert.validFromDate > now ? [cert] : [])][0];
  if (early !== undefined) {
    const what = early === ca ? 'Your CA (ca.pem)' : 'Your client certificate (cert.pem)';
    const when = early.validFromDate.toISOString();
    return {
      text: `${what} is not valid before ${when}, and it is ${now.toISOString()} on this computer. Is its clock right?`,
      cure: 'clock',
    };
  }
  if (!cert.checkIssued(ca) || !cert.verify(ca.publicKey)) return renew('Your cert.pem was not signed by your ca.pem.');
  return undefined;
}

function renew(text: string): LocalProblem {
  return { text, cure: 'certificates' };
}

/** ISO 8601, the date only. */
function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

function parseIfAny(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
