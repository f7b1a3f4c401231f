import type { EngineFailure } from '../errors/engine-unreachable-error.ts';

/** What a failure means. */
export interface Explanation {
  readonly failure: EngineFailure;
  /** Completes "dev does not answer at …: ", without a full stop. */
  readonly why: string;
  /** A clock may be wrong instead of a certificate. @defaultValue false */
  readonly isAboutTime?: boolean;
}

const OTHER_CA: Explanation = {
  failure: 'server-certificate',
  why: 'its certificate was signed by another CA than yours',
};

/** What libuv and Node's TLS call what can happen (errno(3); Node's documentation, "X509 certificate error codes"). */
export const FAILURES: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: { failure: 'refused', why: 'connection refused' },
  ETIMEDOUT: { failure: 'timeout', why: 'no answer' },
  EHOSTUNREACH: { failure: 'unreachable', why: 'there is no route to it' },
  ENETUNREACH: { failure: 'unreachable', why: 'its network cannot be reached from here' },
  EHOSTDOWN: { failure: 'unreachable', why: 'the host is down' },
  ENOTFOUND: { failure: 'unknown-host', why: 'its name is not known to DNS' },
  EAI_AGAIN: { failure: 'unknown-host', why: 'its name could not be looked up: DNS does not answer' },
  CERT_HAS_EXPIRED: { failure: 'server-certificate', why: 'its certificate has expired' },
  CERT_NOT_YET_VALID: {
    failure: 'server-certificate',
    why: 'its certificate is not valid yet. Is the clock of this computer right?',
    isAboutTime: true,
  },
  CERT_SIGNATURE_FAILURE: OTHER_CA,
  DEPTH_ZERO_SELF_SIGNED_CERT: { failure: 'server-certificate', why: 'its certificate was not signed by your CA' },
  SELF_SIGNED_CERT_IN_CHAIN: OTHER_CA,
  UNABLE_TO_GET_ISSUER_CERT: OTHER_CA,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: OTHER_CA,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: OTHER_CA,
  INVALID_PURPOSE: { failure: 'server-certificate', why: 'its certificate is not one for servers' },
  ERR_SSL_WRONG_VERSION_NUMBER: { failure: 'not-tls', why: 'what answers there does not speak TLS' },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { failure: 'not-tls', why: 'what answers there does not speak TLS' },
};
