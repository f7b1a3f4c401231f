import type { NextStep } from '../../errors/azdock-error.ts';
import type { MachineRecord } from '../../store/record.ts';
import { creationSteps, removalSteps } from '../unfinished-work.ts';

/** What of a machine can only be another in a creation that begins anew. */
const FIXED_FROM_THE_START =
  /^azdock create .* --azure-(location|resource-group|vnet|subnet|environment|subscription-id) /;

/**
 * Steps of an error about a creation, as commands that go on with what there is. What cannot follow it comes after its removal.
 * @param record says what is asked for already, and need not be said again
 */
export function stepsGoingOn(steps: readonly NextStep[], record: MachineRecord): readonly NextStep[] {
  const { Name: name } = record;
  const own = creationSteps(name);
  const create = `azdock create ${name}`;
  const others = steps
    .filter(({ command }) => !own.some((one) => one.command === command))
    .map((step) => ({ ...step, command: withoutPlace(step.command, record) }));
  const isAfterRemoval = ({ command }: NextStep) => FIXED_FROM_THE_START.test(`${command} `);
  const resumable = others
    .filter((step) => !isAfterRemoval(step))
    .map((step) =>
      step.command.startsWith(`${create} `)
        ? { label: unchained(step.label), command: `${create} --resume${step.command.slice(create.length)}` }
        : step,
    );
  const isOffered = resumable.some(({ command }) => command.startsWith(`${create} --resume`));
  const left = own.filter(({ command }) => !(isOffered && command.startsWith(create)));
  return [...resumable, ...left, ...others.filter(isAfterRemoval).map(afterwards)];
}

/** The same once nothing is left: whatever is tried next, it is tried from the start. */
export function stepsAnew(steps: readonly NextStep[], name: string): readonly NextStep[] {
  const left = steps
    .filter(({ command }) => !isAboutMachine(command, name))
    .map((step) => ({ ...step, label: unchained(step.label), command: step.command.replace(' --resume', '') }));
  return left.length > 0 ? left : [{ label: 'Once more', command: `azdock create ${name}` }];
}

/** True for a command that wants the machine to be there. */
function isAboutMachine(command: string, name: string): boolean {
  const [program, verb, machine] = command.split(' ');
  return program === 'azdock' && verb !== 'create' && machine === name;
}

/** The same where something is left that is half removed: it cannot be gone on with. */
export function stepsAfterRemoval(steps: readonly NextStep[], name: string): readonly NextStep[] {
  return [...removalSteps(name), ...stepsAnew(steps, name).map(afterwards)];
}

/** A command that names the region where the machine already is says nothing by it. */
function withoutPlace(command: string, { Driver }: MachineRecord): string {
  const flag = / --azure-location (\S+)/.exec(command);
  const here = String(Driver['Location'] ?? '').replaceAll(' ', '');
  return flag?.[1]?.toLowerCase() === here.toLowerCase() && command.startsWith('azdock create ')
    ? command.replace(flag[0], '')
    : command;
}

function unchained(label: string): string {
  const text = label.replace(/^(Then|Or) /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function afterwards(step: NextStep): NextStep {
  const text = unchained(step.label);
  return { ...step, label: `Then ${text.charAt(0).toLowerCase()}${text.slice(1)}` };
}
