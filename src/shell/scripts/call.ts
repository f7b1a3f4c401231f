import { quoteFish } from '../dialects/fish.ts';
import { quotePowershell } from '../dialects/powershell.ts';
import type { Program } from './program.ts';

/** How a script calls azdock, in the shell's own language; arguments follow after a blank. */
export function posixCall({ words, isOnPath }: Program): string {
  return [...(isOnPath ? ['command'] : []), ...words.map(quote)].join(' ');
}

export function fishCall({ words, isOnPath }: Program): string {
  return [...(isOnPath ? ['command'] : []), ...words.map((word) => (isPlain(word) ? word : quoteFish(word)))].join(' ');
}

/** PowerShell looks functions up first: the program of that name is asked for by its kind. */
export function powershellCall({ words, isOnPath }: Program): string {
  const [first = '', ...others] = words;
  const program = isOnPath
    ? `(Get-Command ${first} -CommandType Application, ExternalScript | Select-Object -First 1)`
    : `(${quotePowershell(first)})`;
  return ['&', program, ...others.map((word) => (isPlain(word) ? word : `(${quotePowershell(word)})`))].join(' ');
}

function quote(word: string): string {
  return isPlain(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function isPlain(word: string): boolean {
  return /^[A-Za-z0-9_./-]+$/.test(word);
}
