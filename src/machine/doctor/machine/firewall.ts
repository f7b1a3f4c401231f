import type { AccessReport } from '../../../drivers/access.ts';
import { enginePort } from '../../address.ts';
import { hasTunnel } from '../../tunnel/has-tunnel.ts';
import type { Check } from '../check.ts';
import { advice, command, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import { isLetIn } from '../let-in.ts';
import { commandLine } from '../../../ssh/command.ts';
import type { MachineSubject } from './machine-subject.ts';

/** The security group's rules, by what this computer knows of itself; where that is not enough, by whether it gets through. */
export const firewall: Check<MachineSubject> = {
  id: 'firewall',
  title: 'Firewall',
  needs: ['login'],
  applies: ({ azure }) => azure !== undefined,
  async run(subject, signal) {
    const { name, driver, ownAddresses } = subject;
    const { access } = await driver();
    if (access === undefined) return notChecked('Its driver does not look after a firewall.');
    const report = await access.read(signal);
    const verdicts = portsOf(subject).map((port) => ({ port, verdict: isLetIn(ownAddresses, port, report.rules) }));
    const closed = verdicts.filter(({ verdict }) => verdict === 'no').map(({ port }) => port);
    if (closed.length > 0)
      return problem(
        `It does not let this computer${addresses(ownAddresses)} in at ${ports(closed)}.`,
        opening(subject, report),
      );
    if (isOther(access.recorded, report.allowFrom))
      return warning(
        `The record says that it lets in ${list(access.recorded)}, and in Azure it lets in ${list(report.allowFrom)}.`,
        command(commandLine(['azdock', 'allow', name, ...(access.recorded ?? [])])),
      );
    if (verdicts.every(({ verdict }) => verdict === 'yes'))
      return ok(`It lets this computer in at ${ports(portsOf(subject))}.`);
    return byTrial(subject, report);
  },
};

/** It depends on an address that nobody here knows. */
async function byTrial(subject: MachineSubject, report: AccessReport): Promise<Finding> {
  const whom = report.allowFrom.length === 0 ? 'others by the rules of its group' : list(report.allowFrom);
  const { state } = await subject.state();
  if (state !== 'Running')
    return notChecked(`It lets in ${whom}; whether that is this computer shows when the VM runs.`);
  const { sshPort, enginePort: engine } = subject;
  const answers = await Promise.all([sshPort(), ...(hasTunnel(subject.stored) ? [] : [engine()])]);
  if (answers.every(({ state: port }) => port === 'open' || port === 'refused'))
    return ok(`It lets in ${whom}, and this computer gets through.`);
  return problem(`It lets in ${whom} only, and this computer does not get through.`, opening(subject, report));
}

function opening({ name, ownAddresses: [own] }: MachineSubject, { isOwn, group }: AccessReport) {
  if (!isOwn) return advice(`Let whoever looks after ${group.split('/').at(-1)} add a rule for this computer.`);
  if (own !== undefined) return command(`azdock allow ${name} --add ${own}`);
  return advice(`Let in the address that the internet sees of this computer: azdock allow ${name} --add ADDRESS.`);
}

function portsOf({ stored }: MachineSubject): readonly number[] {
  const { record } = stored;
  return [record.Driver.SSHPort || 22, ...(hasTunnel(stored) ? [] : [enginePort(record)])];
}

function isOther(recorded: readonly string[] | undefined, now: readonly string[]): boolean {
  if (recorded === undefined) return false;
  const words = (sources: readonly string[]) =>
    sources
      .map((source) => source.toLowerCase())
      .sort()
      .join();
  return words(recorded) !== words(now);
}

function list(sources: readonly string[] = []): string {
  return sources.map((source) => (source === '*' ? 'everybody' : source)).join(', ') || 'nobody';
}

function ports(numbers: readonly number[]): string {
  return `port ${numbers.join(' and ')}`;
}

function addresses(own: readonly string[]): string {
  return own.length === 0 ? '' : ` (${own.join(', ')})`;
}
