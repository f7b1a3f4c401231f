import type { Readable } from 'node:stream';

export interface Question {
  /** Without a question mark's trailing space: "Are you sure? (y/n):". */
  readonly text: string;
  readonly input: Readable;
  readonly output: Pick<NodeJS.WriteStream, 'write'>;
  readonly signal: AbortSignal;
}

/**
 * Asks yes or no, by the rules of docker-machine's `rm`: the first word decides, anything that begins with y or Y is yes, and no
 * answer at all is no. The answer may be piped (`echo y | azdock rm dev`).
 *
 * @throws the signal's reason when aborted
 */
export async function confirm({ text, input, output, signal }: Question): Promise<boolean> {
  signal.throwIfAborted();
  output.write(`${text} `);
  let answer = '';
  const stop = (): void => void input.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of input) {
      answer += String(chunk);
      if (/\n|\S\s/.test(answer)) break;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return /^\s*y/i.test(answer);
}
