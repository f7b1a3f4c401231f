import { fishCall, posixCall, powershellCall } from './call.ts';
import type { Program } from './program.ts';
import type { ScriptShell } from './script-shell.ts';

/** What belongs into a shell's start-up file. */
export interface StartupLine {
  readonly file: string;
  readonly line: string;
}

/** The line that runs `azdock init` whenever the shell starts. */
export function startupLine(shell: ScriptShell, program: Program): StartupLine {
  const typed = (call: (program: Program) => string): string =>
    program.isOnPath ? program.words.join(' ') : call(program);
  switch (shell) {
    case 'bash':
      return { file: '~/.bashrc', line: `eval "$(${typed(posixCall)} init bash)"` };
    case 'zsh':
      return { file: '~/.zshrc', line: `eval "$(${typed(posixCall)} init zsh)"` };
    case 'fish':
      return { file: '~/.config/fish/config.fish', line: `${typed(fishCall)} init fish | source` };
    case 'powershell':
      return { file: '$PROFILE', line: `${typed(powershellCall)} init powershell | Out-String | Invoke-Expression` };
  }
}
