import { bashCompletion, bashStartup } from './bash.ts';
import { fishCompletion, fishStartup } from './fish.ts';
import { powershellCompletion, powershellStartup } from './powershell.ts';
import type { Program } from './program.ts';
import type { ScriptShell } from './script-shell.ts';
import { zshCompletion, zshStartup } from './zsh.ts';

/** The two scripts of a shell. Both ask azdock itself for what they complete. */
export interface ShellScripts {
  /** Completion alone. */
  readonly completion: (program: Program) => string;
  /** The function that makes `use` possible, a helper for prompts, and the completion. */
  readonly startup: (program: Program) => string;
}

export const SCRIPTS: Readonly<Record<ScriptShell, ShellScripts>> = {
  bash: { completion: bashCompletion, startup: bashStartup },
  zsh: { completion: zshCompletion, startup: zshStartup },
  fish: { completion: fishCompletion, startup: fishStartup },
  powershell: { completion: powershellCompletion, startup: powershellStartup },
};
