import { writeFileAtomic } from './atomic-write.ts';
import { parseJson } from './go-json.ts';
import type { MachinePaths } from './layout.ts';
import { readStoreFileSync } from './read-file.ts';
import { CONFIG_VERSION } from './record.ts';

/** Copies a record that is about to be replaced, as it is, if its format is not the one that azdock writes. @throws StoreError */
export async function keepOldFormat(paths: MachinePaths): Promise<void> {
  const text = readStoreFileSync(paths.record);
  if (text === undefined || isCurrent(text)) return;
  await writeFileAtomic(paths.recordBackup, text, { mode: 0o600 });
}

function isCurrent(text: string): boolean {
  try {
    const found = parseJson(text);
    return (
      typeof found === 'object' &&
      found !== null &&
      'ConfigVersion' in found &&
      found['ConfigVersion'] === CONFIG_VERSION
    );
  } catch {
    return false;
  }
}
