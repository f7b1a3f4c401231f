import { type GuestShell, writeGuestFile } from '../linux/guest-shell.ts';
import type { CloudCommand, CloudConfig } from './cloud-config.ts';
import { readUserData } from './user-data.ts';

const instance = '/var/lib/cloud/instance';
const outputLog = '/var/log/cloud-init-output.log';

/** cloud-init sets no limit; half an hour is longer than any first boot that anybody waits for. */
const patienceMs = 30 * 60_000;

/**
 * Does what cloud-init does with custom data on a first boot, in its order: boot commands, files, then run commands and
 * scripts. What goes wrong is written down in the guest, where `cloud-init status` finds it; the VM counts as provisioned
 * all the same, as on Azure.
 */
export async function runUserData(
  shell: GuestShell,
  data: Buffer | undefined,
  log: (line: string) => void,
): Promise<void> {
  const errors: string[] = [];
  if (data !== undefined) {
    await writeGuestFile(shell, { path: `${instance}/user-data.txt`, content: data, mode: 0o600 });
    errors.push(...(await runParts(shell, data)));
  }
  for (const error of errors) log(`cloud-init: ${error}`);
  await writeResult(shell, errors);
}

async function runParts(shell: GuestShell, data: Buffer): Promise<string[]> {
  const { parts, errors: found } = readable(data);
  const errors = [...found];
  const configs = parts.flatMap((part) => (part.kind === 'cloud-config' ? [part.config] : []));
  const scripts = parts.flatMap((part) => (part.kind === 'script' ? [part.content] : []));
  for (const config of configs) errors.push(...(await bootStage(shell, config)));
  const runCommands = configs.flatMap((config) => config.commands);
  if (runCommands.length > 0)
    errors.push(...(await runScript(shell, 'runcmd', Buffer.from(commandScript(runCommands)))));
  for (const [index, script] of scripts.entries())
    errors.push(...(await runScript(shell, `part-${String(index + 1).padStart(3, '0')}`, script)));
  return errors;
}

function readable(data: Buffer): ReturnType<typeof readUserData> {
  try {
    return readUserData(data);
  } catch (error) {
    return { parts: [], errors: [`custom data: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

async function bootStage(shell: GuestShell, config: CloudConfig): Promise<string[]> {
  const errors: string[] = [];
  if (config.bootCommands.length > 0)
    errors.push(...(await runScript(shell, 'bootcmd', Buffer.from(commandScript(config.bootCommands)))));
  for (const file of config.files)
    await writeGuestFile(shell, file).catch((error: unknown) =>
      errors.push(`write_files: ${error instanceof Error ? error.message : String(error)}`),
    );
  return errors;
}

/** A script of `sh` that goes on after a command that fails, as cloud-init's own does. */
function commandScript(commands: readonly CloudCommand[]): string {
  const lines = commands.map((command) => (typeof command === 'string' ? command : command.map(quoted).join(' ')));
  return `#!/bin/sh\n${lines.join('\n')}\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

async function runScript(shell: GuestShell, name: string, content: Buffer): Promise<string[]> {
  const path = `${instance}/scripts/${name}`;
  await writeGuestFile(shell, { path, content, mode: 0o700 });
  const outcome = await shell.run(['sh', '-c', 'exec "$1" >>"$2" 2>&1 </dev/null', 'run', path, outputLog], {
    timeoutMs: patienceMs,
  });
  return outcome.exitCode === 0 ? [] : [`${name}: exit code ${outcome.exitCode}, see ${outputLog}`];
}

/** The files that cloud-init keeps about its run: cloud-init documentation, "Status files". */
async function writeResult(shell: GuestShell, errors: readonly string[]): Promise<void> {
  const datasource = 'DataSourceAzure [seed=/dev/sr0]';
  const stage = { start: null, finished: null, errors };
  const status = { v1: { datasource, stage: null, 'modules-final': stage } };
  const files = { 'status.json': status, 'result.json': { v1: { datasource, errors } } };
  for (const [name, content] of Object.entries(files)) {
    const path = `/var/lib/cloud/data/${name}`;
    await writeGuestFile(shell, { path, content: `${JSON.stringify(content)}\n`, mode: 0o644 });
    await shell.run(['sh', '-c', 'mkdir -p /run/cloud-init && ln -sf "$1" /run/cloud-init/', 'link', path]);
  }
}
