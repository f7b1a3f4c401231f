import { parseVersion } from '../../../engine/parse-version.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { advice, command, ok, problem } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether the engine answers this computer, by mutual TLS or through SSH. */
export const engine: Check<MachineSubject> = {
  id: 'engine',
  title: 'Docker engine',
  needs: ({ stored }) => [hasTunnel(stored) ? 'ssh-login' : 'engine-port'],
  async run({ name, stored, ask }) {
    const ping = await ask('/_ping');
    if (ping.status !== 200) {
      const fix =
        stored.record.DriverName === 'none'
          ? advice('Look at the log of the engine.')
          : command(`azdock ssh ${name} -- sudo systemctl restart docker`);
      return problem(`The engine answers that it is not well (HTTP ${ping.status}).`, fix);
    }
    const { version, apiVersion } = parseVersion((await ask('/version')).body);
    return ok(`Docker ${version}, API ${apiVersion}.`);
  },
};
