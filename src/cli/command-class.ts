import type { Config } from '@oclif/core/config';
import type { AzdockCommand } from './base-command.ts';
import { jsonFlag } from './global-flags.ts';

/** A concrete command: what the command table loads. */
export type CommandClass = Pick<typeof AzdockCommand, keyof typeof AzdockCommand> &
  (new (
    argv: string[],
    config: Config,
  ) => AzdockCommand);

/** All flags of a command: its own, the global ones, and `--json` where it has that. */
export function allFlags(verb: CommandClass): CommandClass['flags'] {
  return { ...verb.baseFlags, ...(verb.enableJsonFlag ? { json: jsonFlag } : {}), ...verb.flags };
}
