// Run by atomic-write.test.ts on a file system of its own, which is too small for what it writes.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/store/atomic-write.ts';

const [, , root = ''] = process.argv;
const file = join(root, 'file');
await writeFileAtomic(file, 'old');
const message = await writeFileAtomic(file, 'x'.repeat(1_000_000)).then(
  () => 'written',
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
console.log(JSON.stringify({ message, content: await readFile(file, 'utf8'), files: await readdir(root) }));
