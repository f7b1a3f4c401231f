import { parseCustomScriptSettings } from '../extensions/custom-script-settings.ts';
import { dockerArguments } from '../extensions/docker-arguments.ts';
import { parseDockerExtensionSettings } from '../extensions/docker-extension-settings.ts';
import { handlerOf, unknownHandler } from '../extensions/handler-names.ts';
import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import { parseEngineScript } from './engine-script.ts';
import type { GuestEngine } from './guest-state.ts';

/** What an extension brought about: its verdict, and the engine that the guest is to show from now on, if a new one. */
export interface SimulatedRun {
  readonly verdict: ExtensionVerdict;
  readonly engine?: GuestEngine;
}

/** Plays an extension in a guest that can run nothing: checks the settings as the handler does, and takes the certificates. */
export function simulateExtension(run: ExtensionRun, current: GuestEngine | undefined): SimulatedRun {
  switch (handlerOf(run)) {
    case 'DockerExtension':
      return failing(run, () => simulateDocker(run, current));
    case 'CustomScript':
      return failing(run, () => simulateScript(run));
    default:
      return { verdict: unknownHandler(run) };
  }
}

/** How a handler words a failure. */
export function failureOf(run: ExtensionRun, error: unknown): ExtensionVerdict {
  const prefix = handlerOf(run) === 'DockerExtension' ? 'Enable Docker failed: ERROR: ' : 'Enable failed: ';
  return { ok: false, message: `${prefix}${error instanceof Error ? error.message : String(error)}` };
}

/** As the handler: arguments that stay the same restart nothing, so that the certificates in use stay the same, too. */
function simulateDocker(run: ExtensionRun, current: GuestEngine | undefined): SimulatedRun {
  const settings = parseDockerExtensionSettings(run);
  const { azureEnvironment, certificates, compose, login } = settings;
  if (!['', 'AzureCloud', 'AzureChinaCloud'].includes(azureEnvironment))
    throw new Error(`invalid environment name: ${azureEnvironment}`);
  if (login !== undefined) throw new Error("'docker login' failed");
  if (Object.keys(compose).length > 0)
    throw new Error("'docker-compose up' failed: simulated guests run no containers");
  const verdict = { ok: true, message: 'Enable Docker succeeded' };
  if (settings.port !== '' && certificates === undefined)
    throw new Error('simulated guests open the port of the engine only with certificates');
  const wanted = dockerArguments(settings);
  if (current?.arguments === wanted) return { verdict };
  const port = settings.port === '' ? undefined : Number(settings.port);
  return { verdict, engine: { port, certificates, arguments: wanted } };
}

function simulateScript(run: ExtensionRun): SimulatedRun {
  const { action } = parseCustomScriptSettings(run);
  const engine = engineOfScript(action.kind === 'script' ? action.content.toString() : action.command);
  if (engine === undefined) throw new Error('simulated guests cannot run scripts');
  const message = `Enable succeeded: \n[stdout]\nsimulated guest: took the certificates and ran nothing\n\n[stderr]\n`;
  return { verdict: { ok: true, message }, engine };
}

/** The engine that a provisioning script of azdock sets up; undefined for any other script. */
export function engineOfScript(script: string): GuestEngine | undefined {
  const scripted = parseEngineScript(script);
  return scripted && { ...scripted, arguments: 'script' };
}

function failing(run: ExtensionRun, simulate: () => SimulatedRun): SimulatedRun {
  try {
    return simulate();
  } catch (error) {
    return { verdict: failureOf(run, error) };
  }
}
