import { X509Certificate } from 'node:crypto';
import { AzdockError, type NextStep } from '../errors/azdock-error.ts';
import { CertificateError } from '../errors/certificate-error.ts';
import { type EngineFailure, EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { ConnectionEnd, ConnectionFailure } from './connection-failure.ts';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';
import { type Explanation, FAILURES } from './failure-codes.ts';
import { type LocalProblem, localProblem } from './local-problem.ts';

/**
 * Turns what went wrong on the way to an engine into an error that says what it means and what to run next. What comes from
 * elsewhere comes back as it is. Without credentials, which are unknown as long as nothing has accepted the connection, it cannot say
 * what is wrong with them.
 */
export function explainFailure(
  error: unknown,
  endpoint: EngineEndpoint,
  credentials: EngineCredentials | undefined,
): unknown {
  if (!(error instanceof ConnectionFailure)) return error;
  if (error.cause instanceof AzdockError) return error.cause;
  const { machine, host, port } = endpoint;
  const { failure, why, isAboutTime = false } = explain(error);
  const facts = { resource: machine, cause: error.cause };
  if (failure === 'other' && credentials !== undefined && codeOf(error.cause)?.startsWith('ERR_OSSL_'))
    return unusable(credentials, endpoint, facts);
  const certificates = failure === 'server-certificate' || failure === 'client-certificate' || failure === 'closed';
  const local = certificates && credentials !== undefined ? localProblem(credentials, new Date()) : undefined;
  const url = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const what = `${machine} ${certificates ? 'cannot be used' : 'does not answer'} at ${url}: ${why}${why.endsWith('?') ? '' : '.'}`;
  // Refused for its time, though it is valid here: somebody's clock is wrong.
  const isDisputed = failure === 'client-certificate' && isAboutTime && local === undefined;
  const further = isDisputed
    ? " By this computer's clock it is valid: is that clock right, and the host's?"
    : local === undefined
      ? ''
      : ` ${local.text}`;
  return new EngineUnreachableError(`${what}${further}`, {
    ...facts,
    failure,
    nextSteps: nextSteps(machine, { failure, isAboutTime, local }),
  });
}

function explain({ phase, cause }: ConnectionFailure): Explanation {
  if (cause instanceof ConnectionEnd && cause.reason === 'timeout') {
    const what = { connect: 'no connection', handshake: 'no TLS handshake', answer: 'no answer', request: 'no answer' }[
      phase
    ];
    return { failure: 'timeout', why: `${what} in time` };
  }
  if (cause instanceof ConnectionEnd && cause.reason === 'not-docker')
    return { failure: 'not-docker', why: 'what answers there is not a Docker engine' };
  const code = codeOf(cause);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { failure: 'server-certificate', why: wrongName(cause) };
  if (code !== undefined && /ALERT/.test(code))
    return {
      failure: 'client-certificate',
      why: `it refuses your client certificate${alertWords(code)}`,
      // Engines call so what has expired and what is not valid yet (Go's crypto/tls, processCertsFromClient).
      isAboutTime: /ALERT_CERTIFICATE_EXPIRED/.test(code),
    };
  const known = code === undefined ? undefined : FAILURES[code];
  if (known !== undefined) return known;
  if (cause instanceof ConnectionEnd || code === 'ECONNRESET' || code === 'EPIPE') {
    // Some servers do not say why they refuse a certificate: they hang up as soon as they have seen it.
    return phase === 'answer'
      ? { failure: 'client-certificate', why: 'it hung up when it had seen your client certificate' }
      : { failure: 'closed', why: phase === 'request' ? 'it hung up' : 'it hung up before it could be trusted' };
  }
  return { failure: 'other', why: cause instanceof Error ? cause.message.trim() : String(cause) };
}

/** `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`, `ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE`: the alerts of RFC 8446, 6.2. */
function alertWords(code: string): string {
  const alert = code
    .slice(code.indexOf('ALERT_') + 'ALERT_'.length)
    .replaceAll('_', ' ')
    .toLowerCase();
  return alert === '' ? '' : ` (TLS alert "${alert}")`;
}

function wrongName(cause: unknown): string {
  const names = subjectAltName(cause)
    ?.split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return names === undefined
    ? 'its certificate is for another address'
    : `its certificate is for ${names.join(', ')}, not for this address`;
}

function subjectAltName(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('cert' in cause) || typeof cause.cert !== 'object' || cause.cert === null)
    return undefined;
  const { cert } = cause;
  return 'subjectaltname' in cert && typeof cert.subjectaltname === 'string' ? cert.subjectaltname : undefined;
}

/** OpenSSL cannot even begin with what it was given. */
function unusable(credentials: EngineCredentials, { machine }: EngineEndpoint, facts: object): AzdockError {
  const bad = (['ca', 'cert'] as const).find((name) => !isCertificate(credentials[name]));
  const what =
    bad === undefined
      ? 'key.pem is not the key of cert.pem'
      : `${bad === 'ca' ? 'ca.pem' : 'cert.pem'} does not hold a certificate in PEM format`;
  return new CertificateError(`The certificates for ${machine} cannot be used: ${what}.`, {
    ...facts,
    nextSteps: [repair(machine)],
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem) instanceof X509Certificate;
  } catch {
    return false;
  }
}

interface Finding {
  readonly failure: EngineFailure;
  readonly isAboutTime: boolean;
  readonly local: LocalProblem | undefined;
}

function nextSteps(machine: string, { failure, isAboutTime, local }: Finding): NextStep[] {
  const status = { label: 'See how it is', command: `azdock status ${machine}` };
  const clocks = { label: 'Compare the clocks', command: `azdock doctor ${machine}` };
  if (local?.cure === 'certificates') return [repair(machine)];
  if (local?.cure === 'clock') return [clocks];
  if (failure === 'client-certificate' && isAboutTime) return [clocks];
  if (failure === 'server-certificate' && isAboutTime) return [clocks, regenerate(machine)];
  if (failure === 'server-certificate' || failure === 'client-certificate') return [regenerate(machine)];
  return failure === 'closed' ? [status, regenerate(machine)] : [status];
}

/** Renews what does not hold any more, and no more than that. */
function repair(machine: string): NextStep {
  return { label: 'Mend its certificates', command: `azdock regenerate-certs --repair ${machine}` };
}

function regenerate(machine: string): NextStep {
  return { label: 'Give it new certificates', command: `azdock regenerate-certs ${machine}` };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
