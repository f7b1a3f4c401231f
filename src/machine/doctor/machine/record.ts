import { leadsAway } from '../../../store/own-place.ts';
import { machinePaths } from '../../../store/layout.ts';
import { machineLockHolder } from '../../../store/lock-holder.ts';
import type { Check } from '../check.ts';
import { failureFinding } from '../failure-finding.ts';
import { advice, ok, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Record and sidecar. That they can be read is known: there is no subject without them. */
export const record: Check<MachineSubject> = {
  id: 'record',
  title: 'Record',
  async run({ name, stored: { record: found, sidecar }, context: { storePath } }) {
    const away = await leadsAway(storePath, machinePaths(storePath, name).dir);
    if (away !== undefined) return failureFinding(away);
    const holder = machineLockHolder(storePath, name);
    if (holder !== undefined)
      return warning(
        `Another azdock (process ${holder.pid}) has been at work on it since ${holder.since}.`,
        advice('Look again when that has ended.'),
      );
    const by = sidecar === undefined ? 'made by docker-machine' : `made ${sidecar.createdAt}`;
    return ok(`Driver ${found.DriverName}, ${by}${sidecar?.protected === true ? ', protected' : ''}.`);
  },
};
