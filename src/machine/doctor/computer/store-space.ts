import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from '../check.ts';
import { advice, notChecked, ok, problem, warning } from '../finding.ts';
import { bytesText } from '../bytes-text.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** A machine takes some 30 kB of the store. */
const BAD_BYTES = 5 * 1024 ** 2;
const WARN_BYTES = 100 * 1024 ** 2;

/** Room for what is written in the store, and for its files' names. */
export const storeSpace: Check<ComputerSubject> = {
  id: 'store-space',
  title: 'Room for the store',
  async run({ context: { storePath } }) {
    const found = await spaceAt(storePath);
    if (found === undefined) return notChecked('The file system does not tell.');
    const { free, hasNodes } = found;
    const fix = advice(`Make room on the file system of ${storePath}.`);
    if (!hasNodes) return problem('The file system takes no more files.', fix);
    const words = `${bytesText(free)} are free.`;
    if (free < BAD_BYTES) return problem(words, fix);
    return free < WARN_BYTES ? warning(words, fix) : ok(words);
  },
};

/** Of the nearest directory that is there. */
async function spaceAt(path: string): Promise<{ free: number; hasNodes: boolean } | undefined> {
  try {
    const { bavail, bsize, files, ffree } = await statfs(path);
    // File systems without a table of files, such as btrfs, tell of none.
    return { free: bavail * bsize, hasNodes: files === 0 || ffree > 0 };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && dirname(path) !== path ? spaceAt(dirname(path)) : undefined;
  }
}
