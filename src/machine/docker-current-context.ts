import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors/store-error.ts';
import { writeFileAtomic } from '../store/atomic-write.ts';
import { errorCode, fileFailure } from '../store/file-failure.ts';
import { makePrivateDirectory } from '../store/private-directory.ts';

/** The context that docker uses without being told; undefined for its `default`. @throws StoreError */
export async function currentContext(configDirectory: string): Promise<string | undefined> {
  const current = (await readConfig(configDirectory))?.config['currentContext'];
  return typeof current === 'string' && current !== '' ? current : undefined;
}

/**
 * Changes the context that docker uses, and nothing else in its configuration. @param name undefined for docker's `default`
 * @throws StoreError
 */
export async function setCurrentContext(configDirectory: string, name: string | undefined): Promise<void> {
  const found = await readConfig(configDirectory);
  if (found === undefined) {
    if (name === undefined) return;
    await makePrivateDirectory(configDirectory);
  }
  const { currentContext: _, ...others } = found?.config ?? {};
  const config = name === undefined ? others : { ...others, currentContext: name };
  // As docker writes it (docker/cli:cli/config/configfile/file.go): tabs, no line feed at the end, mode 0600 for a new file.
  await writeFileAtomic(found?.file ?? configFile(configDirectory), JSON.stringify(config, undefined, '\t'));
}

/** The configuration and the file that really holds it: `config.json` may be a link, which has to stay one. */
async function readConfig(
  configDirectory: string,
): Promise<{ readonly file: string; readonly config: Readonly<Record<string, unknown>> } | undefined> {
  const path = configFile(configDirectory);
  let text: string;
  let file: string;
  try {
    file = await realpath(path);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure(error, 'read', path);
  }
  return { file, config: parseConfig(text, path) };
}

function parseConfig(text: string, path: string): Record<string, unknown> {
  try {
    const config: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (typeof config === 'object' && config !== null && !Array.isArray(config))
      return config as Record<string, unknown>;
  } catch (cause) {
    throw new StoreError(`${path} is no JSON, so docker cannot use it either.`, { resource: path, cause });
  }
  throw new StoreError(`${path} holds no JSON object.`, { resource: path });
}

function configFile(configDirectory: string): string {
  return join(configDirectory, 'config.json');
}
