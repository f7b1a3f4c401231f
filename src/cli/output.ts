/** What writing to a pipe or terminal fails with that nobody reads any more. */
const GONE: ReadonlySet<string> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/**
 * Writes text in one piece and resolves when the stream has taken it, so that the process may end. A reader that has gone
 * (`azdock ls | head -1`) is no failure.
 */
export function writeWhole(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (GONE.has(error.code ?? '')) resolve();
      else reject(error);
    };
    stream.once('error', onError);
    stream.write(text, (error) => {
      if (error) return onError(error);
      stream.removeListener('error', onError);
      resolve();
    });
  });
}

/** Text that ends its last line. */
export function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
