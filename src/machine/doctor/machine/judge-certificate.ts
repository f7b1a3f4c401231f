import type { X509Certificate } from 'node:crypto';
import { daysLeft, isExpired, isNotYetValid } from '../../../certs/inspect.ts';
import { command, type Finding, type Fix, problem, warning } from '../finding.ts';

/** From so many days before its end a certificate is mentioned, as `ls` does it. */
const WARN_DAYS = 30;

/** What is wrong with a certificate's dates; undefined when nothing is. */
export function judgeDates(what: string, certificate: X509Certificate, now: Date, fix: Fix): Finding | undefined {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  if (isExpired(certificate, now)) return problem(`${what} expired on ${day(certificate.validToDate)}.`, fix);
  if (isNotYetValid(certificate, now))
    return problem(`${what} is not valid before ${certificate.validFromDate.toISOString()}: some clock is wrong.`, fix);
  const days = daysLeft(certificate, now);
  return days > WARN_DAYS ? undefined : warning(`${what} expires in ${days} days.`, fix);
}

/** "until 2029-11-05". */
export function untilWords(certificate: X509Certificate): string {
  return `until ${certificate.validToDate.toISOString().slice(0, 10)}`;
}

/** New certificates for one machine's engine. */
export function renewServer(machine: string): Fix {
  return command(`azdock regenerate-certs ${machine}`);
}

/** Makes anew what does not hold, and no more. */
export function renewClient(machine: string): Fix {
  return command(`azdock regenerate-certs --repair ${machine}`);
}
