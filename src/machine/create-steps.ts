import type { Creation, Driver } from '../drivers/driver.ts';
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
  { hasHost }: { readonly hasHost: boolean },
): readonly Step<CreateState>[] {
  const steps: readonly Step<CreateState>[] = driver.creationSteps();
  const vm = steps.findIndex(({ id }) => id === 'vm');
  // A host that was there before has its keys, has booted, and was looked at before anything was made.
  const skip = () => hasHost;
  return [
    { id: 'authority', run: work.ensureAuthority },
    { id: 'keys', skip, run: work.makeSshKey },
    ...steps.slice(0, vm),
    { id: 'certificates', after: ['network', 'authority'], run: work.makeServerCertificate },
    { id: 'boot-data', skip, after: ['certificates'], run: work.makeBootData },
    ...steps.slice(vm).map((step) => (step.id === 'vm' ? waitFor(step, ['keys', 'boot-data']) : step)),
    { id: 'host-key', skip, after: ['vm'], run: work.pinHostKey },
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
