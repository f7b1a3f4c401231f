import { UsageError } from '../../errors/usage-error.ts';

/** The 1-based line of an offset. */
export function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

/** An offset as Go prints it: the line, and the 0-based column in bytes. */
export function placeAt(source: string, at: number): string {
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return `${lineAt(source, at)}:${Buffer.byteLength(before)}`;
}

/** The error of a template that cannot be parsed, in Go's words. The template has no name, hence the colon alone. */
export function parseError(source: string, at: number, message: string): UsageError {
  return new UsageError(`template: :${lineAt(source, at)}: ${message}`);
}
