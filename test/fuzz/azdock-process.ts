import { fileURLToPath } from 'node:url';
import { commands } from '../../src/commands/table.ts';
import { start } from '../../src/cli/start.ts';
import type { AzdockAnswer, AzdockQuestion } from './azdock-in-one-process.ts';

/** The program behind `azdock-in-one-process.ts`: everything of azdock but `startProcess`, one command line after the other. */
const NOTHING = fileURLToPath(new URL('./nothing.ts', import.meta.url));
let said = '';
let complained = '';

capture(process.stdout, (text) => {
  said += text;
});
capture(process.stderr, (text) => {
  complained += text;
});
process.noDeprecation = true;
process.on('message', (question: AzdockQuestion) => void answer(question));
process.send?.('ready');

async function answer({ argv, environment, cwd, program }: AzdockQuestion): Promise<void> {
  said = '';
  complained = '';
  const startMs = performance.now();
  const { signal } = new AbortController();
  const code = await start({
    commands,
    interrupted: () => undefined,
    surroundings: {
      environment,
      cwd,
      program,
      argv,
      entry: NOTHING,
      version: '0.0.0-fuzz',
      interrupt: () => ({ signal, exitCode: undefined }),
    },
  });
  const tookMs = performance.now() - startMs;
  const { rss } = process.memoryUsage();
  const found: AzdockAnswer = { code, stdout: said, stderr: complained, tookMs, rssMiB: rss / 2 ** 20 };
  process.send?.(found);
}

function capture(stream: NodeJS.WriteStream, take: (text: string) => void): void {
  const write = (chunk: string | Uint8Array, encoding?: unknown, done?: (error?: Error) => void): boolean => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const callback = typeof encoding === 'function' ? encoding : done;
    callback?.();
    return true;
  };
  Object.assign(stream, { write });
}
