import { UsageError } from '../../errors/usage-error.ts';

const MINUTE_MS = 60_000;

/** Microsoft.Network's operations take seconds; nothing of what azdock asks for takes it minutes. */
const NETWORK_MS = 10 * MINUTE_MS;
/**
 * A VM takes a minute or two. Azure itself gives up on a system that does not report after 20 minutes (OSProvisioningTimedOut), and
 * says why: that is waited for. Half of all groups are gone after 3 minutes, nine of ten after 13.
 */
const USUAL_MS = 30 * MINUTE_MS;

/** The variable by which a user can wait longer, or less long. */
export const OPERATION_TIMEOUT = 'AZDOCK_AZURE_OPERATION_TIMEOUT';

/** How long an operation may last, in milliseconds, by the address at which Azure tells of it. */
export function operationDeadlineMs(path: string): number {
  return /\/providers\/microsoft\.network\//i.test(path) ? NETWORK_MS : USUAL_MS;
}

/** What the user says of all operations, in milliseconds; undefined when nothing. @throws UsageError for what is no number of minutes */
export function wantedDeadlineMs(environment: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = environment[OPERATION_TIMEOUT];
  if (text === undefined || text === '') return undefined;
  const minutes = Number(text);
  if (/^\d+$/.test(text) && minutes >= 1 && minutes <= 1440) return minutes * MINUTE_MS;
  throw new UsageError(`${OPERATION_TIMEOUT} is a number of minutes from 1 to 1440, not "${text}".`, {
    resource: OPERATION_TIMEOUT,
  });
}
