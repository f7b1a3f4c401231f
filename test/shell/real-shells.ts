import type { ShellName } from '../../src/shell/shell-name.ts';

/** A shell that can be run here, and how to hand it a script. */
export interface RealShell {
  readonly program: string;
  readonly name: ShellName;
  /** Arguments that run a script without the user's settings. */
  readonly run: (script: string) => string[];
  /** What the script ends with: writes the environment, NUL-separated, to the file. */
  readonly dump: (file: string) => string;
  readonly braces: boolean;
}

const dump = (file: string): string => `env -0 > ${file}`;

export const REAL_SHELLS: readonly RealShell[] = [
  { program: 'bash', name: 'sh', run: (script) => ['--norc', '--noprofile', '-c', script], dump, braces: true },
  { program: 'dash', name: 'sh', run: (script) => ['-c', script], dump, braces: true },
  { program: 'zsh', name: 'sh', run: (script) => ['-f', '-c', script], dump, braces: true },
  { program: 'mksh', name: 'sh', run: (script) => ['-c', script], dump, braces: true },
  { program: 'ksh93', name: 'sh', run: (script) => ['-c', script], dump, braces: true },
  { program: 'fish', name: 'fish', run: (script) => ['--no-config', '-c', script], dump, braces: true },
  { program: 'tcsh', name: 'tcsh', run: (script) => ['-f', '-c', script], dump, braces: false },
  { program: 'elvish', name: 'elvish', run: (script) => ['-norc', '-c', script], dump, braces: true },
  { program: 'xonsh', name: 'xonsh', run: (script) => ['--no-rc', '-c', script], dump, braces: true },
  {
    program: 'nu',
    name: 'nushell',
    run: (script) => ['-n', '-c', script],
    dump: (file) => `^env -0 | save -f ${file}`,
    braces: true,
  },
  {
    program: 'emacs',
    name: 'emacs',
    run: (script) => ['-Q', '--batch', '--eval', `(progn ${script.replaceAll('\n', ' ')})`],
    dump: (file) => `(call-process "env" nil '(:file "${file}") nil "-0")`,
    braces: true,
  },
  {
    program: 'pwsh',
    name: 'powershell',
    run: (script) => ['-NoProfile', '-NonInteractive', '-Command', script],
    dump: (file) => `env -0 > ${file}`,
    braces: true,
  },
];
