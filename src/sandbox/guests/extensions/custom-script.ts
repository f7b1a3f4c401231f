import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import { type GuestShell, readGuestFile, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';
import { type CustomScriptSettings, parseCustomScriptSettings } from './custom-script-settings.ts';
import { handlerDirectory, prepareHandler, reportStatus } from './handler-files.ts';

const dataDirectory = '/var/lib/waagent/custom-script';
const handlerLog = '/var/log/azure/custom-script/handler.log';

/** Of each stream, in the status message: CustomScript 2.1, main/cmds.go, maxTailLen. */
const tailBytes = 4096;

/** The agent's limit for a handler's `enable`: 90 minutes (learn.microsoft.com, custom-script-linux). */
const patienceMs = 90 * 60_000;

/** What CustomScript 2.1 does on `enable`, file for file (Azure/custom-script-extension-linux, main/cmds.go). */
export async function enableCustomScript(shell: GuestShell, run: ExtensionRun): Promise<ExtensionVerdict> {
  await prepareHandler(shell, run);
  await requireInGuest(shell, ['mkdir', '-p', dataDirectory]);
  const previous = await previousStatus(shell, run);
  if (previous !== undefined) return previous;

  const folder = `${dataDirectory}/download/${run.sequence}`;
  let verdict: ExtensionVerdict;
  try {
    const settings = parseCustomScriptSettings(run);
    await requireInGuest(shell, ['mkdir', '-p', '-m', '0700', folder]);
    await downloadFiles(shell, folder, settings.fileUris);
    verdict = await execute(shell, folder, settings);
  } catch (error) {
    verdict = { ok: false, message: `Enable failed: ${error instanceof Error ? error.message : String(error)}` };
  }
  await note(shell, `seq=${run.sequence} event=${verdict.ok ? 'enabled' : '"enable failed"'}`);
  return reportStatus(shell, run, { ...verdict, operation: 'Enable' });
}

/** CustomScript does nothing on `disable`, and removes its data on `uninstall`. */
export async function uninstallCustomScript(shell: GuestShell): Promise<void> {
  await requireInGuest(shell, ['rm', '-rf', dataDirectory]);
}

/** `mrseq` holds the number of the newest settings that ran: they never run twice. */
async function previousStatus(shell: GuestShell, run: ExtensionRun): Promise<ExtensionVerdict | undefined> {
  const file = `${handlerDirectory(run)}/mrseq`;
  const newest = await readGuestFile(shell, file);
  if (newest !== undefined && Number(newest.toString()) >= run.sequence) {
    const status = await readGuestFile(shell, `${handlerDirectory(run)}/status/${run.sequence}.status`);
    return parseVerdict(status?.toString() ?? '[]');
  }
  await writeGuestFile(shell, { path: file, content: String(run.sequence), mode: 0o600 });
  return undefined;
}

function parseVerdict(text: string): ExtensionVerdict {
  const [entry] = JSON.parse(text) as { status?: { status?: string; formattedMessage?: { message?: string } } }[];
  return {
    ok: entry?.status?.status !== 'error',
    message: entry?.status?.formattedMessage?.message ?? 'Enable succeeded: ',
  };
}

async function downloadFiles(shell: GuestShell, folder: string, uris: readonly string[]): Promise<void> {
  for (const [index, uri] of uris.entries()) {
    const name = new URL(uri).pathname.split('/').at(-1) || 'index';
    const outcome = await shell.run(['curl', '-fsSL', '--output', `${folder}/${name}`, '--', uri]);
    if (outcome.exitCode !== 0)
      throw new Error(
        `processing file downloads failed: failed to download file[${index}]: ${outcome.stderr.toString().trim()}`,
      );
    await shell.run(['chmod', '0500', '--', `${folder}/${name}`]);
  }
}

async function execute(shell: GuestShell, folder: string, settings: CustomScriptSettings): Promise<ExtensionVerdict> {
  const { action } = settings;
  let command: string;
  if (action.kind === 'script') {
    command = `${folder}/script.sh`;
    await writeGuestFile(shell, { path: command, content: action.content, mode: 0o500 });
  } else command = action.command;
  // The command is handed over in the environment, so that no list of processes shows it.
  const wrapper =
    'umask 077; cd "$1" || exit 1; : >stdout; : >stderr; command=$AZDOCK_COMMAND; unset AZDOCK_COMMAND; umask 022; exec /bin/sh >stdout 2>stderr </dev/null -c "$command"';
  const outcome = await shell.run(['sh', '-c', wrapper, 'custom-script', folder], {
    environment: { AZDOCK_COMMAND: command },
    timeoutMs: patienceMs,
  });
  const tail = async (name: string) => (await readGuestFile(shell, `${folder}/${name}`, tailBytes))?.toString() ?? '';
  const output = `\n[stdout]\n${await tail('stdout')}\n[stderr]\n${await tail('stderr')}`;
  if (outcome.exitCode === 0) return { ok: true, message: `Enable succeeded: ${output}` };
  const failure = `failed to execute command: command terminated with exit status=${outcome.exitCode}`;
  return { ok: false, message: `Enable failed: ${failure}${output}` };
}

async function note(shell: GuestShell, line: string): Promise<void> {
  const content = `time=${new Date().toISOString()} ${line}\n`;
  await writeGuestFile(shell, { path: handlerLog, content, mode: 0o600, append: true });
}
