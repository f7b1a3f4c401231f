import { daysLeft, parseCertificate } from '../certs/inspect.ts';
import { machinePaths } from '../store/layout.ts';
import { readStoreFileSync } from '../store/read-file.ts';
import type { MachineRecord } from '../store/record.ts';

/** From how many days before its end a certificate is mentioned. */
const WARN_DAYS = 30;

/** Days left by PEM text: many machines share one CA and one client certificate, and each is looked at once. */
export type DaysLeftCache = Map<string, number | undefined>;

/** A sentence about the machine's certificate that ends first, when it ends within 30 days; else nothing. */
export function certificateWarning(
  storePath: string,
  record: MachineRecord,
  cache: DaysLeftCache,
  nowMs: number,
): string {
  const { serverCert, ca, cert } = machinePaths(storePath, record.Name);
  const days = [serverCert, ca, cert]
    .map((file) => daysLeftIn(file, cache, nowMs))
    .filter((left) => left !== undefined);
  const least = Math.min(...days);
  if (least > WARN_DAYS) return '';
  const when =
    least < 0 ? 'has expired' : least === 0 ? 'expires today' : `expires in ${least} day${least === 1 ? '' : 's'}`;
  return `Certificate ${when}; run azdock regenerate-certs ${record.Name}`;
}

function daysLeftIn(file: string, seen: DaysLeftCache, nowMs: number): number | undefined {
  let text: string | undefined;
  try {
    text = readStoreFileSync(file);
  } catch {
    return undefined;
  }
  if (text === undefined) return undefined;
  if (!seen.has(text)) seen.set(text, daysOf(text, file, nowMs));
  return seen.get(text);
}

/** A file that holds no certificate has no end to warn of; what needs the certificate complains. */
function daysOf(text: string, file: string, nowMs: number): number | undefined {
  try {
    return daysLeft(parseCertificate({ text, file }), new Date(nowMs));
  } catch {
    return undefined;
  }
}
