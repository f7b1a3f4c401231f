/** The shells that azdock writes for. `sh` stands for every POSIX shell: bash, zsh, dash, ksh. */
export const SHELL_NAMES = ['sh', 'fish', 'cmd', 'powershell', 'tcsh', 'emacs', 'nushell', 'elvish', 'xonsh'] as const;
export type ShellName = (typeof SHELL_NAMES)[number];

const PROGRAMS = new Map<string, ShellName>([
  ...SHELL_NAMES.map((name): [string, ShellName] => [name, name]),
  ...['bash', 'zsh', 'dash', 'ash', 'ksh', 'ksh93', 'mksh', 'rbash'].map((name): [string, ShellName] => [name, 'sh']),
  ['csh', 'tcsh'],
  ['nu', 'nushell'],
  ['pwsh', 'powershell'],
  ['pwsh-preview', 'powershell'],
  ['powershell_ise', 'powershell'],
]);

/**
 * The shell that a program is, by its name as users, `$SHELL` and process tables give it: with or without folder, `.exe`,
 * and the dash that marks a login shell. `undefined` for a program that is no shell we know.
 */
export function parseShellName(program: string): ShellName | undefined {
  const name = program.replace(/^.*[\\/]/, '').replace(/^-/, '');
  return PROGRAMS.get(name.toLowerCase().replace(/\.exe$/, ''));
}
