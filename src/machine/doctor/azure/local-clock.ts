import type { Check } from '../check.ts';
import { advice, notChecked, ok, problem, warning } from '../finding.ts';
import { roughly } from '../roughly.ts';
import type { AzureSubject } from './azure-subject.ts';

/** From here on Microsoft Entra refuses tokens and assertions as of another time (learn.microsoft.com, AADSTS700024: five minutes). */
const BAD_MS = 5 * 60_000;
const WARN_MS = 60_000;
const FIX = advice('Let this computer keep its clock by NTP: on Linux with systemd, timedatectl set-ntp true.');

/** The clock of this computer, by the time that Azure's answers carry. */
export const localClock: Check<AzureSubject> = {
  id: 'clock',
  title: 'Clock of this computer',
  needs: ['azure'],
  async run({ azure }) {
    const { aheadMs } = await azure.openAnswer();
    if (aheadMs === undefined) return notChecked('The answer does not say what time it is there.');
    const size = Math.abs(aheadMs);
    const words = `${roughly(size)} ${aheadMs > 0 ? 'ahead of' : 'behind'} Azure's`;
    if (size > BAD_MS) return problem(`It is ${words}: logins and new certificates do not hold.`, FIX);
    if (size > WARN_MS) return warning(`It is ${words}.`, FIX);
    return ok("It is as Azure's.");
  },
};
