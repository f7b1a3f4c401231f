import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import { tunnelStatus } from '../../tunnel/tunnel-status.ts';
import type { Check } from '../check.ts';
import { command, ok, problem, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** The process that keeps a machine's tunnel. It is not started. */
export const tunnel: Check<MachineSubject> = {
  id: 'tunnel',
  title: 'Tunnel',
  applies: ({ stored }) => hasTunnel(stored),
  async run({ name, context }, signal) {
    const { state, url, pid, since, problem: why } = await tunnelStatus(name, { ...context, signal });
    if (state === 'up') return ok(`Process ${pid} keeps it at ${url} since ${since}.`);
    if (state === 'down')
      return warning('It is down; env and docker contexts put it up.', command(`azdock tunnel ${name}`));
    return problem(
      `Process ${pid} keeps it, and the engine does not answer through it. ${why ?? ''}`.trim(),
      command(`azdock tunnel ${name} --stop && azdock tunnel ${name}`),
    );
  },
};
