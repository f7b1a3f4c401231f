import type { Creation } from '../drivers/creation.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Provisioning } from '../provision/provisioning.ts';
import type { ProvisionerName } from '../store/sidecar.ts';
import type { Step } from '../steps/run-steps.ts';
import type { CreateWork } from './create-work.ts';

/** What the machine's own steps fill in, beside what the driver's do. */
export interface CreateState extends Creation {
  /** Another than the one chosen, when that failed. */
  provisioner: ProvisionerName;
  provisioning: Provisioning | undefined;
  engineVersion: string | undefined;
}

/** Where a machine's host comes from. */
export interface HostFacts {
  /** It is somebody else's: it has its keys, has booted, and was looked at before anything was made. */
  readonly isForeign: boolean;
  /** An earlier run of the creation has made it. */
  readonly hasHost: boolean;
}

const TITLES: Record<ProvisionerName, string> = {
  'docker-extension': 'Docker engine, by DockerExtension',
  'custom-script': 'Docker engine, by CustomScript',
  'cloud-init': 'Docker engine, by cloud-init',
  ssh: 'Docker engine, over SSH',
};

/**
 * How a machine is made, in the order in which it can be read. A step starts as soon as those it names are done:
 * keys, certificates and the choice of the provisioner go on while Azure makes the network and the VM.
 */
export function createSteps(
  driver: Driver,
  work: CreateWork,
  { isForeign, hasHost }: HostFacts,
): readonly Step<CreateState>[] {
  const steps: readonly Step<CreateState>[] = driver.creationSteps({ hasHost });
  const vm = steps.findIndex(({ id }) => id === 'vm');
  return [
    { id: 'authority', run: work.ensureAuthority },
    { id: 'keys', skip: () => isForeign, run: work.ensureSshKey },
    ...steps.slice(0, vm),
    { id: 'certificates', after: ['network', 'authority'], run: work.ensureServerCertificate },
    { id: 'boot-data', skip: () => isForeign || hasHost, after: ['certificates'], run: work.makeBootData },
    ...steps.slice(vm).map((step) => (step.id === 'vm' ? waitFor(step, ['keys', 'boot-data']) : step)),
    { id: 'host-key', skip: () => isForeign, after: ['vm'], run: work.pinHostKey },
    {
      id: 'engine',
      title: (state) => TITLES[state.provisioner],
      after: ['vm', 'certificates'],
      run: work.installEngine,
    },
  ];
}

function waitFor(step: Step<CreateState>, ids: readonly string[]): Step<CreateState> {
  return { ...step, after: [...(step.after ?? []), ...ids] };
}
