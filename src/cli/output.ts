/** What writing to a pipe or terminal fails with that nobody reads any more. */
const GONE: ReadonlySet<string> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/**
 * Writes text in one piece and resolves when the stream has taken it, so that the process may end. A reader that has gone
 * (`azdock ls | head -1`) is no failure.
 */
export function writeWhole(stream: NodeJS.WriteStream, text: string): Promise<void> {
  // Whoever writes is told. @oclif/core listens too, and throws where nobody can catch it (lib/command.js).
  stream.removeAllListeners('error').on('error', () => {});
  return new Promise((resolve, reject) => {
    stream.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (error && !GONE.has(error.code ?? '')) reject(error);
      else resolve();
    });
  });
}

/** Text that ends its last line. */
export function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
