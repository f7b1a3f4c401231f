import { randomUUID } from 'node:crypto';
import type { CommandOutcome } from '../guest-host.ts';
import { type GuestShell, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';

const directory = '/var/lib/waagent/run-command/download';

/** The agent's limit: 90 minutes (learn.microsoft.com, "Run scripts in your Linux VM by using action Run Commands"). */
const patienceMs = 90 * 60_000;

/** What the action "run command" does in a Linux VM: the script lies in a file of its own and runs as root. */
export async function runCommandScript(shell: GuestShell, script: string): Promise<CommandOutcome> {
  const folder = `${directory}/${randomUUID()}`;
  await requireInGuest(shell, ['mkdir', '-p', '-m', '0700', folder]);
  await writeGuestFile(shell, { path: `${folder}/script.sh`, content: script, mode: 0o500 });
  const { exitCode, stdout, stderr } = await shell.run(
    ['/bin/sh', '-c', `cd ${folder} && exec ./script.sh </dev/null`],
    {
      timeoutMs: patienceMs,
    },
  );
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}
