import type { World } from '../world.ts';
import type { Extension } from './extension.ts';
import { isDockerExtension } from './extension-catalogue.ts';
import { extensionFailed } from './problems.ts';

/** What the retired handler reports where its installer does not work: it never gets as far as writing a file. */
const brokenDocker =
  'Enable Docker failed: ERROR: the script from https://get.docker.com/ did not install an engine in 6 attempts: exit status 100';

/** Runs the extension's handler in the guest. @throws ArmProblem `VMExtensionProvisioningError` with the handler's message. */
export async function runHandler(
  world: World,
  extension: Extension,
  protectedSettings: Record<string, unknown>,
): Promise<void> {
  const { publisher, handler: type, version, sequence, settings = {} } = extension;
  const id = extension.machine.toLowerCase();
  const isBroken = isDockerExtension({ publisher, type }) && world.settings.dockerExtension !== 'works';
  const verdict = isBroken
    ? { ok: false, message: brokenDocker }
    : await world.guests.runExtension(id, { publisher, type, version, sequence, settings, protectedSettings });
  extension.message = verdict.message;
  extension.reportedMs = world.clock.nowMs();
  if (!verdict.ok && !extension.suppressFailures)
    throw extensionFailed(extension.name, publisher, type, verdict.message);
}
