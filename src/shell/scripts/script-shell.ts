import type { Ancestors } from '../ancestor.ts';
import type { Environment } from '../no-proxy.ts';

/** Shells that azdock writes scripts for. */
export const SCRIPT_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type ScriptShell = (typeof SCRIPT_SHELLS)[number];

/** The nearest shell above us that there are scripts for, else the user's login shell; undefined when it is another. */
export function scriptShellAround(ancestors: Ancestors, environment: Environment): ScriptShell | undefined {
  for (const { name, argv } of ancestors()) {
    const shell = parseScriptShell(argv[0] ?? name);
    if (shell !== undefined) return shell;
  }
  return parseScriptShell(environment['SHELL'] ?? '');
}

function parseScriptShell(program: string): ScriptShell | undefined {
  const name = program
    .replace(/^.*[\\/]/, '')
    .replace(/^-|\.exe$/gi, '')
    .toLowerCase();
  return name === 'pwsh' ? 'powershell' : SCRIPT_SHELLS.find((shell) => shell === name);
}
