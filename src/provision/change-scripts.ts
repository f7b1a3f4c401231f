import { Secret } from '../secret/secret.ts';
import { checkProvisioning } from './check-provisioning.ts';
import type { Provisioning } from './provisioning.ts';
import { changeSteps, type HostChange } from './script/change.ts';
import { loginPart } from './script/containers.ts';
import { keepContainersPart } from './script/keep-containers.ts';
import { PRELUDE } from './script/prelude.ts';

/**
 * What is done on a host over SSH before DockerExtension gets new settings, which is all that the handler cannot: to look at the
 * options, to keep containers, to log in and out on today's Docker, to remove containers.
 *
 * @throws UsageError when the provisioning is not valid
 */
export function beforeExtensionScript(provisioning: Provisioning, change: HostChange): Secret {
  checkProvisioning(provisioning);
  const { engine, login } = provisioning;
  const { before, beforeCompose, parts } = changeSteps(change, engine);
  const steps = ['begin', 'find_engine', ...before, ...beforeCompose, ...(login === undefined ? [] : ['log_in'])];
  return script([FIND_ENGINE, ...parts, ...(login === undefined ? [] : [loginPart(login)])], steps);
}

/** What follows once DockerExtension is done. */
export function afterExtensionScript({ engine }: Provisioning): Secret {
  return script([keepContainersPart(engine.options)], ['begin', 'release_containers']);
}

const FIND_ENGINE = `find_engine() {
  dockerd=$(command -v dockerd) || fail 'there is no dockerd on this host'
}
`;

function script(parts: readonly string[], steps: readonly string[]): Secret {
  const main = ['main() {', ...[...steps, 'done=yes'].map((step) => `  ${step}`), '}', ''].join('\n');
  return new Secret(['#!/bin/sh', PRELUDE, ...parts, main, 'main </dev/null\n'].join('\n'));
}
