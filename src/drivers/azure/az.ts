import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { AzureDependencies } from './dependencies.ts';

/** The account that az works with, from `az account show`. */
export interface AzAccount {
  readonly subscriptionId: string;
  readonly subscriptionName: string;
  readonly tenantId: string;
}

/** True when the Azure CLI is on the PATH. */
export async function isAzInstalled(environment: AzureDependencies['environment']): Promise<boolean> {
  const names = process.platform === 'win32' ? ['az.cmd', 'az.exe'] : ['az'];
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const file of folders.flatMap((folder) => names.map((name) => join(folder, name))))
    if (await isExecutable(file)) return true;
  return false;
}

/** What az is set to, or undefined when it is not there or nobody is signed in. */
export async function findAzAccount(environment: AzureDependencies['environment']): Promise<AzAccount | undefined> {
  if (!(await isAzInstalled(environment))) return undefined;
  const text = await new Promise<string | undefined>((resolve) => {
    // az is a script; on Windows only a shell can start it. The arguments are constants.
    const options = { env: { ...environment }, timeout: 30_000, shell: process.platform === 'win32' };
    execFile('az', ['account', 'show', '--output', 'json'], options, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });
  return text === undefined ? undefined : parseAccount(text);
}

function parseAccount(text: string): AzAccount | undefined {
  try {
    const { id, name, tenantId } = JSON.parse(text) as Record<string, unknown>;
    if (typeof id !== 'string') return undefined;
    return { subscriptionId: id, subscriptionName: String(name ?? id), tenantId: String(tenantId ?? '') };
  } catch {
    return undefined;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
