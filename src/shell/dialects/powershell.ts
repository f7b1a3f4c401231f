import type { StatementDialect } from '../dialect.ts';

/** Windows PowerShell and PowerShell 7, which hand each line on its own to Invoke-Expression. */
export const powershell: StatementDialect = {
  kind: 'statements',
  set: (name, value) => `$Env:${name} = ${isPlain(value) ? `"${value}"` : quotePowershell(value)}`,
  // Two backslashes, as docker-machine prints it.
  unset: (name) => `Remove-Item Env:\\\\${name}`,
  // To remove what is not there is an error. Empty means not set, to docker as to everybody.
  clear: (name) => `$Env:${name} = ""`,
  comment: '#',
  apply: (command) => `& ${command.map(word).join(' ')} | Invoke-Expression`,
};

function isPlain(value: string): boolean {
  return /^[ -~]*$/.test(value) && !/["$`]/.test(value);
}

// Not the dialect-wide bare words: to PowerShell a backslash is ordinary.
function word(text: string): string {
  if (/^[A-Za-z0-9_./\\:=+-]+$/.test(text)) return text;
  const quoted = quotePowershell(text);
  return quoted.includes('+[char]') ? `(${quoted})` : quoted;
}

/**
 * A single-quoted string. Everything beyond ASCII is spelled as a number, for two reasons: Windows PowerShell decodes the
 * output of programs in the console's code page, and it takes U+2018 to U+201B for quotes.
 */
export function quotePowershell(value: string): string {
  const text = value.replace(/'/g, "''");
  return `'${text.replace(/[^ -~]/g, (unit) => `'+[char]0x${unit.charCodeAt(0).toString(16)}+'`)}'`;
}
