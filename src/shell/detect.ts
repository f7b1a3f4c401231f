import { UsageError } from '../errors/usage-error.ts';
import type { Ancestors } from './ancestor.ts';
import type { Environment } from './no-proxy.ts';
import { parseShellName, SHELL_NAMES, type ShellName } from './shell-name.ts';
import { nearestShell } from './shell-of-process.ts';

export interface DetectionInputs {
  /** The value of `--shell`. */
  readonly requested: string | undefined;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  readonly ancestors: Ancestors;
}

/** By which fact the shell was found. */
export type DetectedBy = 'flag' | 'AZDOCK_SHELL' | 'marker' | 'parent' | 'SHELL' | 'default';

export interface DetectedShell {
  readonly shell: ShellName;
  readonly how: DetectedBy;
  /** What to tell the user, on stderr: stdout is evaluated. */
  readonly notice?: string;
}

/**
 * Finds the shell to write for: `--shell`, `AZDOCK_SHELL`, the processes above ours, variables that a shell exports, `SHELL`,
 * and else the platform's default with a notice. On Windows the variables come first, because asking for processes takes
 * longer there than all the rest of the command. Never fails for want of a shell, and prints nothing.
 *
 * @throws UsageError when the flag or `AZDOCK_SHELL` names no shell that we write for.
 */
export function detectShell({ requested, environment, platform, ancestors }: DetectionInputs): DetectedShell {
  if (requested) return { shell: parseWanted('--shell', requested), how: 'flag' };
  const preset = environment['AZDOCK_SHELL'];
  if (preset) return { shell: parseWanted('AZDOCK_SHELL', preset), how: 'AZDOCK_SHELL' };

  const byMarker = (): DetectedShell | undefined => found(markedShell(environment, platform), 'marker');
  const byParent = (): DetectedShell | undefined => found(nearestShell(ancestors()), 'parent');
  const byTable = platform === 'win32' ? (byMarker() ?? byParent()) : (byParent() ?? byMarker());
  return byTable ?? byShellVariable(environment, platform);
}

function found(shell: ShellName | undefined, how: DetectedBy): DetectedShell | undefined {
  return shell === undefined ? undefined : { shell, how };
}

function parseWanted(source: string, value: string): ShellName {
  const shell = parseShellName(value);
  if (shell !== undefined) return shell;
  throw new UsageError(
    `${source} cannot be "${value}"; known shells are bash, zsh, ${SHELL_NAMES.join(', ')}. ` +
      'Other shells in the manner of the Bourne shell understand the lines for sh.',
    { resource: source },
  );
}

// Not used: PSModulePath and WSLENV are set for the whole Windows, COMSPEC always, INSIDE_EMACS in every shell below Emacs.
function markedShell(environment: Environment, platform: NodeJS.Platform): ShellName | undefined {
  if (environment['NU_VERSION']) return 'nushell';
  if (environment['XONSH_VERSION']) return 'xonsh';
  return platform === 'win32' && environment['MSYSTEM'] ? 'sh' : undefined;
}

function byShellVariable(environment: Environment, platform: NodeJS.Platform): DetectedShell {
  // Windows has no SHELL of its own: one that is set was forwarded by ssh, or inherited from elsewhere.
  const program = platform === 'win32' ? '' : (environment['SHELL'] ?? '');
  const shell = parseShellName(program);
  if (shell !== undefined) return { shell, how: 'SHELL' };
  const fallback: ShellName = platform === 'win32' ? 'powershell' : 'sh';
  const reason =
    program === '' ? 'Your shell could not be found out' : `SHELL is ${program}, which azdock does not know`;
  return {
    shell: fallback,
    how: 'default',
    notice: `${reason}; these lines are for ${fallback} (choose with --shell)`,
  };
}
