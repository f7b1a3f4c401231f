import type { Progress } from '../steps/progress.ts';

/** Writes down what is about to be asked for. Resolves when it is safely on disk. */
export interface Journal {
  /** Before the request that creates `id` is sent. */
  intend(id: string, options: { readonly shared: boolean }): Promise<void>;
  /** After `id` is known to be gone. */
  forget(id: string): Promise<void>;
  /** The resource group was not there: azdock makes it and may remove it. */
  ownResourceGroup(): Promise<void>;
  readonly entries: readonly { readonly id: string; readonly shared: boolean }[];
  readonly ownsResourceGroup: boolean;
}

/** What a driver's creation steps read and fill in. Steps run as soon as those they name in `after` are done. */
export interface Creation {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly journal: Journal;
  readonly progress: Progress;
  /** One `authorized_keys` line. Set by machine's step `keys`, which ends before `vm` starts. */
  sshPublicKey: string | undefined;
  /** What the VM carries at boot, not yet base64. Set by machine before `vm` starts, when the provisioner is cloud-init or the user gave custom data. */
  customData: Buffer | undefined;
  /** IP or, with a DNS label, FQDN: what goes into DOCKER_HOST. Set by the driver's step `network`. */
  address: string | undefined;
  /** Every other name or IP under which the machine answers; all go into the certificate. Set by step `network`. */
  alternativeAddresses: string[];
  /**
   * Called by the driver when, before the VM is there, it has taken another size or place than before, or made the address anew: what
   * is on record, the certificate and the boot data follow. Set by machine.
   */
  readonly onChange?: () => Promise<void>;
}
