/** What has to be escaped between single quotes (learn.microsoft.com, "Data types in Bicep", strings). */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The inside of a string. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\'\n\r\t]/g, (character) => ESCAPES[character] ?? character)
    .replaceAll('${', '\\${')
    .replaceAll(/[\0-\x1f\x7f]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

export function bicepString(text: string): string {
  return `'${escaped(text)}'`;
}

/** The name of a property: bare where it is an identifier. */
export function bicepKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : bicepString(key);
}

/**
 * A text of many lines: as it is between three quotes, where nothing is special, and line by line where that cannot hold it. The line
 * feed after the first three quotes is not part of it.
 */
export function bicepLines(text: string): string {
  const fits = !text.includes("'''") && !text.endsWith("'") && !/[\0-\x08\x0b-\x1f\x7f]/.test(text);
  if (fits) return `'''\n${text}'''`;
  const lines = text.split('\n').map((line) => `  ${bicepString(line)}`);
  return ['join([', ...lines, "], '\\n')"].join('\n');
}
