import { operationHeaders } from '../arm/operation-answers.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { CommandOutcome } from '../guests/guest-host.ts';
import type { Answer } from '../http/exchange.ts';
import { list, object, optional, text } from '../shape.ts';
import type { World } from '../world.ts';
import { notPlayed } from './not-played.ts';
import { conflict, invalid } from './problems.ts';
import { requireRunningMachine } from './put-extension.ts';
import { machineType } from './virtual-machine.ts';

const shape = object({
  commandId: text,
  script: optional(list(text)),
  parameters: notPlayed('Parameters of a run command'),
});

/** Of each stream, in the answer: the last 4,096 bytes (learn.microsoft.com, "Run scripts in your Linux VM by using action Run Commands"). */
const TAIL = 4096;

/** Runs a script in the guest as its root. One at a time: https://learn.microsoft.com/azure/virtual-machines/linux/run-command */
function runCommand(call: ArmCall, world: World): Answer {
  const { commandId, script } = readBody(call, shape, 'compute');
  const machine = requireRunningMachine(call, world);
  if (world.operations.running(machine.id).length > 0) throw conflict();
  if (commandId.toLowerCase() !== 'runshellscript')
    throw new ArmProblem(
      404,
      'NotFound',
      `The Run Command '${commandId}' was not found for a VM with operating system Linux.`,
    );
  if (script === undefined || script.length === 0)
    throw invalid('script', `The sandbox has no script of its own for '${commandId}': give one.`);
  let outcome: CommandOutcome | undefined;
  const operation = world.operations.start(call, {
    kind: 'machine.runCommand',
    form: 'compute',
    location: machine.location,
    target: machine.id,
    async work() {
      outcome = await world.guests.runCommand(machine.id.toLowerCase(), `${script.join('\n')}\n`);
    },
    settle() {},
    result: () => outcome && { value: [status(outcome)] },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

/** As the extension behind it reports (Azure/run-command-extension-linux: main/cmds.go), which has a script's failure in its words alone. */
function status({ exitCode, stdout, stderr }: CommandOutcome) {
  const tail = (stream: string) => Buffer.from(stream).subarray(-TAIL).toString();
  const head =
    exitCode === 0
      ? 'Enable succeeded: '
      : `Enable failed: failed to execute command: command terminated with exit status=${exitCode}`;
  return {
    code: 'ProvisioningState/succeeded',
    level: 'Info',
    displayStatus: 'Provisioning succeeded',
    message: `${head}\n[stdout]\n${tail(stdout)}\n[stderr]\n${tail(stderr)}`,
  };
}

export const runCommandRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${machineType}/{name}/runCommand`,
    family: 'compute',
    answer: runCommand,
  },
];
