import type { Check } from '../check.ts';
import { advice, command, ok, problem, warning } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether the host shows the SSH key that is pinned. No login takes place. */
export const hostKey: Check<MachineSubject> = {
  id: 'host-key',
  title: 'SSH host key',
  needs: ['ssh-port'],
  applies: ({ stored }) => stored.record.DriverName !== 'none',
  async run({ name, stored: { record, sidecar }, host, probeMs }, signal) {
    const [{ scanHostKey }, { fingerprint }] = await Promise.all([
      import('../../../ssh/host-key.ts'),
      import('../../../ssh/fingerprint.ts'),
    ]);
    const pinned = sidecar?.hostKey?.trim();
    const port = record.Driver.SSHPort || 22;
    const target = { host: await host(), port, signal, timeoutMs: probeMs };
    const shown = await scanHostKey(pinned === undefined ? target : { ...target, pinned });
    const words = `${shown.split(' ')[0]} ${fingerprint(shown)}`;
    if (pinned === undefined)
      return warning(`None is pinned; the host shows ${words}.`, command(`azdock ssh ${name} -- true`));
    if (shown === pinned) return ok(`${words}, as pinned.`);
    return problem(
      `The host shows ${words}, and ${fingerprint(pinned)} is pinned.`,
      advice(
        `Unless you know why it has another key, take it for somebody else's: azdock rm ${name}, and make it anew.`,
      ),
    );
  },
};
