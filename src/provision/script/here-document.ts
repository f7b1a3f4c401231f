/**
 * A command that reads `text` from a here-document in which nothing is special. The text gets a final newline if it has none.
 * `delimiter` grows by underscores until no line of the text is it.
 *
 * `after` stands behind the redirection: `|| fail 'why'`.
 *
 * @throws TypeError when the text holds NUL
 */
export function hereDocument(document: {
  readonly command: string;
  readonly delimiter: string;
  readonly text: string;
  readonly after?: string;
}): string {
  const { command, text } = document;
  if (text.includes('\0')) throw new TypeError('a here-document cannot contain NUL');
  const lines = text.replace(/\n$/, '').split('\n');
  let delimiter = document.delimiter;
  while (lines.includes(delimiter)) delimiter += '_';
  const after = document.after === undefined ? '' : ` ${document.after}`;
  return `${command} <<'${delimiter}'${after}\n${lines.join('\n')}\n${delimiter}`;
}
