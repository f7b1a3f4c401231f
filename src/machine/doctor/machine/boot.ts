import { SshError } from '../../../errors/ssh-error.ts';
import type { Check } from '../check.ts';
import { advice, command, notChecked, ok, problem, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** What set the host up has left behind there: a run of the engine script, cloud-init. */
export const boot: Check<MachineSubject> = {
  id: 'boot',
  title: 'Set-up of the host',
  needs: ['ssh-login'],
  applies: ({ stored }) => stored.record.DriverName !== 'none',
  async run({ name, ssh }, signal) {
    const { readHostReport } = await import('../../../provision/host-report.ts');
    const report = await readHostReport(await ssh(), signal).catch((error: unknown) => {
      if (error instanceof SshError) return error;
      throw error;
    });
    if (report instanceof SshError) return notChecked(report.message);
    const { lastRun, cloudInit } = report;
    if (lastRun.state === 'failed')
      return problem(
        `The last run of azdock's script failed${lastRun.did === null ? '' : `: ${lastRun.did}`}.`,
        command(`azdock provision ${name}`),
      );
    if (lastRun.state === 'running')
      return warning("azdock's script is still running there.", advice('Look again when that has ended.'));
    const status = cloudInit?.status ?? 'none';
    if (/error|degraded/.test(status))
      return warning(`cloud-init says: ${status}.`, command(`azdock ssh ${name} -- cloud-init status --long`));
    if (status === 'running') return warning('cloud-init is still at work.', advice('Look again when that has ended.'));
    return ok(
      lastRun.state === 'ready' ? `azdock's script ended well at ${lastRun.at}.` : 'Nothing that failed is left.',
    );
  },
};
