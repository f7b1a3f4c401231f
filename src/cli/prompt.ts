import type { Readable } from 'node:stream';
import { UsageError } from '../errors/usage-error.ts';
import { printable } from './printable.ts';

/** There may be another question after this one: the input stays open. */
const ASKED_AGAIN = { destroyOnReturn: false } as const;

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
  output.write(printable(`${text} `));
  let answer = '';
  const stop = (): void => void input.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of input.iterator(ASKED_AGAIN)) {
      answer += String(chunk);
      if (/\n|\S\s/.test(answer)) break;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    input.pause();
  }
  return /^\s*y/i.test(answer);
}

/**
 * Asks for a line until `read` takes one. What it refuses is told, and the question is asked again.
 *
 * @returns undefined when the input ends without an answer that will do
 * @throws the signal's reason when aborted
 */
export async function askLine<T>(
  { text, input, output, signal }: Question,
  read: (answer: string) => Promise<T>,
): Promise<T | undefined> {
  signal.throwIfAborted();
  const stop = (): void => void input.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  let pending = '';
  output.write(printable(`${text} `));
  try {
    for await (const chunk of input.iterator(ASKED_AGAIN)) {
      const lines = `${pending}${String(chunk)}`.split(/\r?\n/);
      pending = lines.pop() ?? '';
      for (const line of lines) {
        try {
          return await read(line.trim());
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          output.write(printable(`${error.message}\n${text} `));
        }
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    input.pause();
  }
  output.write('\n');
  return undefined;
}

/**
 * Asks for something that must not be seen: nothing of what is typed is shown.
 *
 * @param input a terminal, which can be read on afterwards
 * @returns undefined when the input ends, or the user gives up with Ctrl-D
 * @throws the signal's reason when aborted; Ctrl-C raises SIGINT, as it does elsewhere
 */
export async function askHidden({
  text,
  input,
  output,
  signal,
}: Omit<Question, 'input'> & { readonly input: NodeJS.ReadStream }): Promise<string | undefined> {
  signal.throwIfAborted();
  output.write(printable(`${text} `));
  input.setRawMode(true);
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  let typed = '';
  const read = (chunk: unknown): void => {
    for (const key of String(chunk)) {
      // What comes after the first of these changes nothing any more.
      if (key === '\r' || key === '\n') resolve(typed);
      else if (key === '\u0004') resolve(undefined);
      else if (key === '\u0003') process.kill(process.pid, 'SIGINT');
      else if (key === '\u007f' || key === '\b') typed = typed.slice(0, -1);
      else if (key >= ' ') typed += key;
    }
  };
  const end = (): void => resolve(undefined);
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  input.on('data', read).once('end', end);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    input.off('data', read).off('end', end).pause();
    input.setRawMode(false);
    output.write('\n');
  }
}
