import type { FoundVm } from '../../drivers/azure/existing/read-vm.ts';
import type { Driver } from '../../drivers/driver.ts';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { CUSTOM_SCRIPT } from '../../provision/custom-script.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import type { Provisioning } from '../../provision/provisioning.ts';
import { type ChosenProvisioner, chooseProvisioner } from '../choose-provisioner.ts';
import type { RegionMemory } from '../region-memory.ts';
import type { AdoptProvisioner } from './adopt-request.ts';

export interface VmChoice {
  /** The machine's name. */
  readonly name: string;
  readonly choice: AdoptProvisioner;
  readonly found: FoundVm;
  /** Tag `azdock-adopted` of extensions that an earlier run has attached. */
  readonly id: string;
  readonly driver: Driver;
  readonly provisioning: Provisioning;
  readonly region: string;
  readonly memory: RegionMemory;
  readonly signal: AbortSignal;
}

/** How the engine gets onto a VM. */
export interface VmProvisioner {
  readonly chosen: ChosenProvisioner;
  /** Where Docker turns out to be there: DockerExtension cannot keep containers running by itself. */
  readonly besideDocker: ChosenProvisioner;
}

/**
 * The provisioner for a VM that is there. An extension that somebody else has attached is never written over, and Azure takes each kind
 * once for each VM: `auto` then takes another way.
 *
 * @throws PreCreateCheckError when the one that is asked for is in somebody else's use; UsageError
 */
export async function chooseForVm(question: VmChoice): Promise<VmProvisioner> {
  const { choice, name, found } = question;
  const foreign = (type: string) => foreignExtension(question, type);
  const commandWith = (flag: string) => `azdock adopt ${name} --azure-vm ${found.id.id} ${flag}`;
  if (choice === 'auto') return chooseFreely(question, foreign);
  const chosen = await chooseProvisioner({ ...question, choice, commandWith });
  const type = TYPES[choice];
  const other = type === undefined ? undefined : foreign(type);
  if (type !== undefined && other !== undefined) throw inUse({ name, vm: found.id.id, type, other });
  return { chosen, besideDocker: chosen };
}

const TYPES: Readonly<Record<string, string>> = {
  'docker-extension': DOCKER_EXTENSION.type,
  'custom-script': CUSTOM_SCRIPT.type,
};

async function chooseFreely(question: VmChoice, foreign: (type: string) => string | undefined): Promise<VmProvisioner> {
  const chosen = await chooseProvisioner({ ...question, choice: 'auto' });
  const script: ChosenProvisioner =
    foreign(CUSTOM_SCRIPT.type) === undefined
      ? { name: 'custom-script', because: 'because' in chosen ? chosen.because : [] }
      : { name: 'ssh', because: ['Somebody else has attached CustomScript.'] };
  const mayTakeIt = chosen.name === 'docker-extension' && foreign(DOCKER_EXTENSION.type) === undefined;
  return { chosen: mayTakeIt ? chosen : script, besideDocker: script };
}

function foreignExtension({ found, id }: VmChoice, type: string): string | undefined {
  return found.extensions.find(
    (one) =>
      one.typePropertiesType?.toLowerCase() === type.toLowerCase() && !Object.values(one.tags ?? {}).includes(id),
  )?.name;
}

function inUse(facts: {
  readonly name: string;
  readonly vm: string;
  readonly type: string;
  readonly other: string;
}): PreCreateCheckError {
  const { name, vm, type, other } = facts;
  return new PreCreateCheckError(
    `${type} is attached already, as ${other}, and not by azdock; a virtual machine has it once.`,
    {
      resource: `${vm}/extensions/${other}`,
      nextSteps: [
        { label: 'Another way', command: `azdock adopt ${name} --azure-vm ${vm} --azure-provisioner ssh` },
        { label: 'Or take it off', command: `az vm extension delete --ids ${vm}/extensions/${other}` },
      ],
    },
  );
}
