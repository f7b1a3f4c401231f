import type { InferredFlags } from '@oclif/core/interfaces';
import type { AzdockCommand } from '../cli/base-command.ts';
import { createFlags, createValues } from '../cli/create-flags.ts';
import type { CreateNames } from '../cli/create-names.ts';
import { refuseFlagsOfOthers } from '../cli/driver-flags.ts';
import { typedFlags } from '../cli/typed-flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { CreatedMachine } from '../machine/create-request.ts';
import type { RollbackChoice } from '../machine/resume/roll-back.ts';

export interface ResumeWords {
  readonly names: CreateNames;
  readonly flags: InferredFlags<typeof createFlags> & { readonly 'dry-run': boolean };
  readonly rollback: RollbackChoice;
}

/**
 * Goes on with a creation.
 * @returns undefined when there is nothing of that name, so that it has to begin
 * @throws UsageError for what does not go with `--resume`; as `resumeMachine`
 */
export async function resume(
  command: AzdockCommand,
  { names, flags, rollback }: ResumeWords,
): Promise<CreatedMachine | undefined> {
  const { context } = command;
  const { environment, cwd, commandLine } = context;
  const [name = ''] = names.each;
  if (names.isSeveral)
    throw new UsageError('--resume goes on with one machine at a time.', {
      resource: '--resume',
      nextSteps: names.each.map((each) => ({ label: each, command: `azdock create ${each} --resume` })),
    });
  if (flags['dry-run'])
    throw new UsageError('--resume does not go with --dry-run: what is there is looked at while it goes on.', {
      resource: '--resume',
    });
  const { resumableDriver, resumeMachine } = await import('../machine/resume/resume-machine.ts');
  const driver = await resumableDriver(name, context);
  if (driver === undefined) return undefined;
  const typed = typedFlags(commandLine, createFlags);
  refuseFlagsOfOthers(typed.has('driver') ? flags.driver : driver, commandLine);
  const values = await createValues(flags, { environment, input: process.stdin, hasCompose: true });
  return resumeMachine({ name, ...values, typed }, context, { cwd, rollback });
}
