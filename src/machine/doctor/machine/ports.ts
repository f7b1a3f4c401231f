import { SshError } from '../../../errors/ssh-error.ts';
import { enginePort as enginePortOf } from '../../address.ts';
import { suspectWay } from '../../suspect-way.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { advice, command, type Finding, type Fix, ok, problem } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';
import { type PortState, portWords } from './port-answer.ts';

/** Whether the SSH server answers, who speaks first. */
export const sshPort: Check<MachineSubject> = {
  id: 'ssh-port',
  title: 'SSH port',
  needs: ['vm'],
  applies: ({ stored }) => stored.record.DriverName !== 'none',
  async run(subject) {
    const { state, greeting } = await subject.sshPort();
    const place = `${await subject.host()} port ${subject.stored.record.Driver.SSHPort || 22}`;
    if (state !== 'open') return unreached(subject, place, state);
    if (greeting.startsWith('SSH-')) return ok(`${place} answers (${greeting}).`);
    return problem(`What answers at ${place} is no SSH server.`, command(`azdock inspect ${subject.name}`));
  },
};

/** Whether something accepts connections where the engine should be. */
export const enginePort: Check<MachineSubject> = {
  id: 'engine-port',
  title: "Docker's port",
  needs: ['vm'],
  applies: ({ stored }) => !hasTunnel(stored),
  async run(subject) {
    const { state } = await subject.enginePort();
    const place = `${await subject.host()} port ${enginePortOf(subject.stored.record)}`;
    return state === 'open' ? ok(`${place} accepts connections.`) : unreached(subject, place, state);
  },
};

function unreached(subject: MachineSubject, place: string, state: Exclude<PortState, 'open'>): Finding {
  return problem(`${place}: ${portWords(state)}.`, fixFor(subject, state));
}

function fixFor({ name, stored }: MachineSubject, state: Exclude<PortState, 'open'>): Fix {
  const isOnlyUrl = stored.record.DriverName === 'none';
  if (state === 'refused' && !isOnlyUrl) return command(`azdock provision ${name}`);
  if (isOnlyUrl) return advice('See to the engine, and to the firewalls on the way to it.');
  // What is known of the way there: a private address, or a firewall.
  const { details, nextSteps } = suspectWay(new SshError(portWords(state), { failure: 'timeout' }), stored);
  const [detail] = details;
  if (detail !== undefined) return advice(`${detail} ${nextSteps[0]?.command ?? ''}`.trim());
  return command(state === 'unknown-host' ? `azdock start ${name}` : `azdock restart ${name}`);
}
