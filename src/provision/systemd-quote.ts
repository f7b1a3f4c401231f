/** Bytes that no unit file setting can hold as they are. Tab is allowed: it has an escape. */
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/** What systemd takes as it is, inside a word. */
const PLAIN = /^[A-Za-z0-9_@%$+=:,./-]+$/;

/** True when systemd could not be given the text as one word of a command or an assignment. */
export function isUnfitForSystemd(text: string): boolean {
  return CONTROL.test(text);
}

/**
 * One word of `ExecStart=`: `%` and `$` doubled, C escapes within double quotes (systemd.service(5), "Command lines";
 * systemd.syntax(7), "Quoting").
 *
 * @throws TypeError for control characters
 */
export function quoteExecWord(word: string): string {
  return quote(word.replaceAll('%', '%%').replaceAll('$', '$$$$'));
}

/**
 * One assignment of `Environment=`: like a word, but `$` means nothing there (systemd.exec(5), "Environment=").
 *
 * @throws TypeError for control characters
 */
export function quoteAssignment(assignment: string): string {
  return quote(assignment.replaceAll('%', '%%'));
}

function quote(text: string): string {
  if (isUnfitForSystemd(text)) throw new TypeError('a systemd setting cannot contain control characters');
  if (PLAIN.test(text)) return text;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\t', '\\t')}"`;
}
