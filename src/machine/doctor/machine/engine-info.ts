import type { Check } from '../check.ts';
import { command, notChecked, ok, warning } from '../finding.ts';
import { parseInfo } from './parse-info.ts';
import type { MachineSubject } from './machine-subject.ts';

/** What the engine itself warns of. */
export const engineInfo: Check<MachineSubject> = {
  id: 'engine-info',
  title: "Engine's own warnings",
  needs: ['engine'],
  async run({ name, ask }) {
    const { status, body } = await ask('/info');
    const info = status === 200 ? parseInfo(body) : undefined;
    if (info === undefined) return notChecked(`The engine does not tell (HTTP ${status}).`);
    const [first, ...others] = info.warnings;
    if (first !== undefined)
      return warning(
        `${first.replace(/^WARNING:\s*/i, '').replace(/\.$/, '')}${others.length === 0 ? '' : `, and ${others.length} more`}.`,
        command(`azdock exec ${name} -- docker info`),
      );
    const restore = info.hasLiveRestore
      ? 'live-restore is on'
      : 'live-restore is off: containers stop when the engine does';
    return ok(`None. ${info.running} of ${info.containers} containers run; ${restore}.`);
  },
};
