import { UsageError } from '../../errors/usage-error.ts';
import type { RegistryLogin } from '../../provision/provisioning.ts';
import { recallProvisioning } from '../../provision/remembered.ts';
import type { HostChange } from '../../provision/script/change.ts';
import type { StoredMachine } from '../../store/load.ts';
import type { MachineRecord } from '../../store/record.ts';
import { enginePort } from '../address.ts';
import { hasTunnel } from '../tunnel/has-tunnel.ts';
import { type ComposeChange, changeCompose } from './change-compose.ts';
import { changeEngine, endsContainers, hasOtherNames } from './change-engine.ts';
import type { ChangeRequest } from './change-request.ts';

/** What a change comes to for one machine. */
export interface ChangePlan {
  /** As it is to be afterwards. */
  readonly record: MachineRecord;
  readonly compose: ComposeChange;
  readonly login: RegistryLogin | undefined;
  readonly needsCertificate: boolean;
  readonly change: HostChange;
  /** Names of the flags that say something. */
  readonly changed: readonly string[];
}

/** @throws UsageError for what cannot be changed, or not while containers run */
export function planChange(machine: StoredMachine, request: ChangeRequest): ChangePlan {
  const { record: before, sidecar } = machine;
  const { login, newCertificate, restartContainers, port } = request;
  const record = changeEngine(before, request);
  const compose = changeCompose(sidecar?.provision, request);
  if (port !== undefined && (hasTunnel(machine) || port !== enginePort(before))) throw otherPort(machine, port);
  const ending = endsContainers(before.HostOptions.EngineOptions, record.HostOptions.EngineOptions);
  if (ending.length > 0 && !restartContainers) throw wouldEnd(request.name, ending);
  return {
    record,
    compose,
    login,
    needsCertificate: newCertificate || hasOtherNames(before, record),
    change: { keepContainers: !restartContainers, removals: compose.removals, logout: logout(machine, request) },
    changed: changedNames(request),
  };
}

function logout({ sidecar }: StoredMachine, { unset, login }: ChangeRequest): HostChange['logout'] {
  if (!unset.some(({ flag }) => flag === 'registry-login')) return undefined;
  if (login !== undefined) throw new UsageError('--registry-login and --unset registry-login do not go together.');
  const { login: old } = recallProvisioning(sidecar?.provision);
  return { server: old?.server };
}

function changedNames(request: ChangeRequest): string[] {
  const { engine, tlsSans, unset, compose, login, newCertificate } = request;
  const given: Readonly<Record<string, boolean>> = {
    'docker-option': engine.ArbitraryFlags !== undefined,
    'engine-label': engine.Labels !== undefined,
    'engine-registry-mirror': engine.RegistryMirror !== undefined,
    'engine-insecure-registry': engine.InsecureRegistry !== undefined,
    'engine-storage-driver': engine.StorageDriver !== undefined,
    'engine-env': engine.Env !== undefined,
    'tls-san': tlsSans.length > 0,
    compose: compose.document !== undefined,
    'compose-env': Object.keys(compose.environment).length > 0,
    'compose-secret-env': Object.keys(compose.secretEnvironment.reveal()).length > 0,
    'registry-login': login !== undefined,
    'new-certificate': newCertificate,
  };
  const names = Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
  return [...new Set([...names, ...unset.map(({ flag }) => flag.replace(/^engine-opt$/, 'docker-option'))])];
}

function otherPort(machine: StoredMachine, port: number): UsageError {
  const { record } = machine;
  const has = hasTunnel(machine) ? 'none' : enginePort(record);
  return new UsageError(
    `docker.port in --extension-settings is ${port}, and the engine of ${record.Name} has ${has}: a port is chosen when a machine is made.`,
    { resource: '--extension-settings' },
  );
}

function wouldEnd(name: string, options: readonly string[]): UsageError {
  return new UsageError(`Containers on ${name} cannot run on when ${options.join(', ')} changes.`, {
    resource: '--restart-containers',
    details: [
      'With --restart-containers the engine stops them and starts those that have a restart policy, as far as it still finds them.',
    ],
  });
}
