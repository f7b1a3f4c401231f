import { ProvisionError } from '../../errors/provision-error.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { COMPUTE_POLL, finish } from './long-running.ts';
import { onceFree } from './once-free.ts';

/** How many of the host's last lines go into an error. */
const LAST_LINES = 20;

/**
 * Runs a script on the machine's VM as root, by its agent: nobody has to be able to log in. Azure shows the script to whoever may
 * read the VM's files, so that it must hold no secret, and gives back the last 4,096 bytes of what it wrote.
 *
 * @returns its standard output
 * @throws ProvisionError with the end of what it wrote, when it fails; ArmError
 */
export async function runCommand(machine: AzureMachine, script: string, signal: AbortSignal): Promise<string> {
  const { names, session } = machine;
  const body = { commandId: 'RunShellScript', script: script.replace(/\n$/, '').split('\n') };
  const result = await onceFree(machine, signal, () =>
    session.call(deed(machine, `run a script on ${names.vm}`, names.ids.vm), signal, async ({ compute }) => {
      const { virtualMachines } = await compute();
      const how = { ...COMPUTE_POLL, abortSignal: signal };
      return finish(virtualMachines.runCommand(names.group, names.vm, body, how), signal);
    }),
  );
  const message = (result.value ?? []).map((status) => status.message ?? '').join('\n');
  const { head, stdout, stderr } = readMessage(message);
  if (/^Enable succeeded/.test(head)) return stdout;
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  throw new ProvisionError(`A script failed on ${names.vm}: ${reason(lines, head)}.`, {
    resource: names.ids.vm,
    details: lines.slice(-LAST_LINES),
  });
}

/** Both streams as blocks headed `[stdout]` and `[stderr]` (Azure/run-command-extension-linux:main/cmds.go). */
function readMessage(message: string): { readonly head: string; readonly stdout: string; readonly stderr: string } {
  const [, head = message, stdout = '', stderr = ''] =
    /^([\s\S]*?)\n?^\[stdout\]\n([\s\S]*?)^\[stderr\]\n?([\s\S]*)$/m.exec(message) ?? [];
  return { head: head.trim(), stdout, stderr };
}

function reason(lines: readonly string[], head: string): string {
  const last = lines.at(-1) ?? head;
  return last.replace(/^azdock: (failed: )?/, '');
}
