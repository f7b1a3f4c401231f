import type { Dialect } from './dialect.ts';
import { cmd } from './dialects/cmd.ts';
import { elvish } from './dialects/elvish.ts';
import { emacs } from './dialects/emacs.ts';
import { fish } from './dialects/fish.ts';
import { nushell } from './dialects/nushell.ts';
import { posix } from './dialects/posix.ts';
import { powershell } from './dialects/powershell.ts';
import { tcsh } from './dialects/tcsh.ts';
import { xonsh } from './dialects/xonsh.ts';
import type { ShellName } from './shell-name.ts';

/** How each shell is written. */
export const DIALECTS: Readonly<Record<ShellName, Dialect>> = {
  sh: posix,
  fish,
  cmd,
  powershell,
  tcsh,
  emacs,
  nushell,
  elvish,
  xonsh,
};
