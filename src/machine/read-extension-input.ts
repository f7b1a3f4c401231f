import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors/usage-error.ts';
import type { ExtensionFiles, SettingsFile } from '../provision/extension-files.ts';
import type { CreateInput } from './create-request.ts';

/** The compose document of `--compose`. @throws UsageError naming file and place */
export async function readComposeFile(file: string, cwd: string): Promise<Record<string, unknown>> {
  const text = await readGiven(resolve(cwd, file), '--compose');
  const { parseComposeFile } = await import('../provision/compose-file.ts');
  return parseComposeFile(text.toString(), file);
}

/** DockerExtension's own settings, if files with them were named. @throws UsageError naming file and key */
export async function readSettingsFiles(
  named: Pick<CreateInput['extension'], 'settingsFile' | 'protectedSettingsFile'>,
  cwd: string,
): Promise<ExtensionFiles | undefined> {
  const { settingsFile, protectedSettingsFile } = named;
  if (settingsFile === undefined && protectedSettingsFile === undefined) return undefined;
  const read = async (fileName: string | undefined, flag: string): Promise<SettingsFile | undefined> =>
    fileName === undefined ? undefined : { fileName, text: (await readGiven(resolve(cwd, fileName), flag)).toString() };
  const { readExtensionFiles } = await import('../provision/extension-files.ts');
  return readExtensionFiles({
    settings: await read(settingsFile, '--extension-settings'),
    protectedSettings: await read(protectedSettingsFile, '--extension-protected-settings'),
  });
}

/** A file that a flag names. @param path absolute @throws UsageError naming flag and file */
export async function readGiven(path: string, flag: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new UsageError(`${flag}: ${path} ${why}.`, { resource: path, cause });
  });
}
