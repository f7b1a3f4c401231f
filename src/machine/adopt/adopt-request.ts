import type { AzureOptionValues } from '../../drivers/azure/resolve-options.ts';
import type { ComposeProject, RegistryLogin } from '../../provision/provisioning.ts';
import type { CreateInput, CreatedMachine } from '../create-request.ts';
import type { ProvisionerName } from '../../store/sidecar.ts';

/** How Docker gets onto a VM that is there: cloud-init runs at the first boot only. */
export type AdoptProvisioner = 'auto' | Exclude<ProvisionerName, 'cloud-init'>;

/** What the command line says, files not yet read. */
export interface AdoptInput extends Pick<CreateInput, 'name' | 'engine' | 'tlsSans' | 'extension' | 'tunnel'> {
  /** A resource id, or `GROUP:NAME`. */
  readonly vm: string;
  readonly azure: AzureOptionValues;
  readonly provisioner: AdoptProvisioner;
  /** Private key of somebody who may log in. Undefined: azdock's own key is brought by the VM's agent. */
  readonly sshKey: string | undefined;
  /** Also a VM that is a machine of another store. */
  readonly force: boolean;
  readonly restartContainers: boolean;
}

/** The same, files read. */
export interface AdoptRequest extends Omit<AdoptInput, 'extension'> {
  readonly compose: ComposeProject | undefined;
  readonly login: RegistryLogin | undefined;
}

/** A VM that is a machine now. */
export interface AdoptedMachine extends CreatedMachine {
  /** Resource id. */
  readonly vm: string;
}
