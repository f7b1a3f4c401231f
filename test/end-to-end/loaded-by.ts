import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from './azdock.ts';

/**
 * Runs azdock and lists the files of every module that it loaded.
 * @param store also where the list is kept
 * @param more further variables
 */
export async function loadedBy(
  entry: string,
  args: readonly string[],
  store: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const list = join(store, 'loaded.txt');
  const hook = join(store, 'hook.mjs');
  writeFileSync(
    hook,
    `import { registerHooks } from 'node:module';
     import { appendFileSync } from 'node:fs';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context); } });`,
  );
  writeFileSync(list, '');
  const env = { ...more, MACHINE_STORAGE_PATH: store, NODE_OPTIONS: `--import ${pathToFileURL(hook).href}` };
  const { code, stderr } = await runProgram(process.execPath, [entry, ...args], { env });
  assert.equal(code, 0, stderr);
  return readFileSync(list, 'utf8').trim().split('\n');
}
