import { setTimeout as sleep } from 'node:timers/promises';
import type { GuestShell } from './guest-shell.ts';

const patienceMs = 90_000;

/**
 * Waits until systemd has started everything. Units that failed are logged and no reason to give the guest up.
 * @throws Error when that takes more than 90 seconds, or when the guest goes off meanwhile
 */
export async function untilBooted(shell: GuestShell, name: string, log: (line: string) => void): Promise<void> {
  const deadline = performance.now() + patienceMs;
  let last = '';
  while (performance.now() < deadline) {
    const outcome = await shell.run(['systemctl', 'is-system-running', '--wait']);
    last = outcome.stdout.toString().trim() || outcome.stderr.toString().trim();
    if (last === 'running') return;
    if (last === 'degraded') {
      const failed = await shell.run(['systemctl', '--failed', '--plain', '--no-legend']);
      log(`guest ${name}: units failed at boot: ${failed.stdout.toString().trim()}`);
      return;
    }
    await sleep(50);
  }
  throw new Error(`guest ${name} did not finish booting (${last})`);
}
