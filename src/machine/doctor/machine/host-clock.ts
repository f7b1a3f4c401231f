import type { Check } from '../check.ts';
import { advice, command, notChecked, ok, problem, warning } from '../finding.ts';
import { roughly } from '../roughly.ts';
import type { MachineSubject } from './machine-subject.ts';

/** By how much a clock may be wrong before certificates and tokens do not hold. */
const BAD_MS = 5 * 60_000;
const WARN_MS = 60_000;

/** The host's clock, by the engine's answer or else over SSH; held against Azure's where Azure answers, else against this computer's. */
export const hostClock: Check<MachineSubject> = {
  id: 'host-clock',
  title: 'Clock of the host',
  needs: ['vm'],
  async run(subject, signal) {
    const beforeMs = subject.now().getTime();
    const theirsMs = (await byEngine(subject)) ?? (await bySsh(subject, signal));
    if (theirsMs === undefined) return notChecked('Neither the engine nor SSH tells what time it is there.');
    // Half way between question and answer, about when the host looked at its clock.
    const oursMs = (beforeMs + subject.now().getTime()) / 2;
    const error = await ownError(subject);
    const skewMs = theirsMs - oursMs + (error ?? 0);
    const words = `${roughly(skewMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} ${error === undefined ? "this computer's" : "Azure's"}`;
    const fix =
      subject.stored.record.DriverName === 'none'
        ? advice('Let the host keep its clock by NTP.')
        : command(`azdock ssh ${subject.name} -- sudo timedatectl set-ntp true`);
    if (Math.abs(skewMs) > BAD_MS) return problem(`It is ${words}.`, fix);
    if (Math.abs(skewMs) > WARN_MS) return warning(`It is ${words}.`, fix);
    return ok(`It is as ${error === undefined ? "this computer's" : "Azure's"}.`);
  },
};

async function byEngine(subject: MachineSubject): Promise<number | undefined> {
  const date = await subject.ask('/_ping').then(
    (reply) => Date.parse(reply.date),
    () => Number.NaN,
  );
  return Number.isNaN(date) ? undefined : date;
}

async function bySsh(subject: MachineSubject, signal: AbortSignal): Promise<number | undefined> {
  if (subject.stored.record.DriverName === 'none') return undefined;
  const said = await subject.ssh().then(
    (session) => session.exec('date +%s', { signal }),
    () => undefined,
  );
  const seconds = /^\d{9,11}\s*$/.exec(said?.stdout ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** By how much this computer's clock is ahead of Azure's, in milliseconds; undefined where Azure does not tell. */
async function ownError({ azure }: MachineSubject): Promise<number | undefined> {
  return azure?.openAnswer().then(
    ({ aheadMs }) => aheadMs,
    () => undefined,
  );
}
