import { Secret } from '../../secret/secret.ts';
import { checkProvisioning } from '../check-provisioning.ts';
import type { Provisioning } from '../provisioning.ts';
import { changeSteps, type HostChange } from './change.ts';
import { composePart, loginPart } from './containers.ts';
import { DATA_DISKS } from './data-disks.ts';
import { enginePart } from './engine.ts';
import { installPart } from './install.ts';
import { PRELUDE, WAITING } from './prelude.ts';

/** Who runs the script: inside cloud-init it must not wait for cloud-init. */
export type ScriptRunner = 'custom-script' | 'cloud-init' | 'ssh';

/**
 * The one script that makes a host an azdock machine: installs Docker where there is none, gives the engine its certificates and
 * arguments, starts it, logs in and brings the compose project up. POSIX sh, run as root, safe to run again: the engine restarts only
 * when something it reads has changed.
 *
 * Everything is in functions and the last line calls them, so that a script that was cut short does nothing, and so that a shell
 * which reads it from its standard input has read all of it before a command could.
 *
 * With a `change` the engine looks at its new arguments first, and containers can run on while it restarts.
 *
 * The second line tells programs what the script is for: `# azdock-engine: {"port":2376}`, or `null` for an engine without a port.
 *
 * @throws UsageError when the provisioning is not valid
 */
export async function engineScript(
  provisioning: Provisioning,
  runner: ScriptRunner,
  change?: HostChange,
): Promise<Secret> {
  checkProvisioning(provisioning);
  const { engine, certificates, adminUser, login, compose } = provisioning;
  const yaml = compose === undefined ? '' : (await import('../compose-file.ts')).composeYaml(compose.document);
  const { before, beforeCompose, parts } = changeSteps(change, engine);
  const steps = [
    'begin',
    ...(runner === 'cloud-init' ? [] : ['wait_for_cloud_init']),
    'await_data_disks',
    'install_docker',
    ...before,
    'join_docker_group',
    'configure_engine',
    'start_engine',
    'release_containers',
    ...beforeCompose,
    ...(login === undefined ? [] : ['log_in']),
    ...(compose === undefined ? [] : ['compose_up']),
    "say 'engine ready'",
    'done=yes',
  ];
  return new Secret(
    [
      '#!/bin/sh',
      `# azdock-engine: ${JSON.stringify({ port: engine.port ?? null })}`,
      PRELUDE,
      WAITING,
      DATA_DISKS,
      installPart(engine.installUrl),
      enginePart({ engine, certificates, adminUser }),
      ...parts,
      ...(login === undefined ? [] : [loginPart(login)]),
      ...(compose === undefined ? [] : [composePart(compose, yaml)]),
      `main() {\n${steps.map((step) => `  ${step}\n`).join('')}}\n`,
      'main </dev/null\n',
    ].join('\n'),
  );
}
