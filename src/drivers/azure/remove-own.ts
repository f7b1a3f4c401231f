import { ArmError } from '../../errors/arm-error.ts';
import type { Journal } from '../creation.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { deleteResource } from './delete-resource.ts';
import { ID_TAG, isSameId } from './naming.ts';
import { parseResourceId } from './resource-id.ts';
import { kindOf } from './resource-kinds.ts';

/** Resources of one machine's own, grouped by what can be deleted together. */
export interface Targets {
  readonly vms: readonly string[];
  readonly extensions: readonly string[];
  readonly disks: readonly string[];
  readonly nics: readonly string[];
  readonly publicIps: readonly string[];
  readonly firewalls: readonly string[];
}

/**
 * What there may be of the machine: what its journal names, what carries its tag (in case the journal was lost), and for a
 * machine that docker-machine made, what docker-machine calls its things.
 */
export async function findTargets(machine: AzureMachine, journal: Journal, signal: AbortSignal): Promise<Targets> {
  const { ids } = machine.names;
  const journaled = journal.entries.filter(({ shared }) => !shared).map(({ id }) => id);
  const { adopted, securityGroup } = machine.options;
  // A group that the user named may be of any name: it is never among them.
  const firewall = securityGroup === undefined ? [ids.firewall] : [];
  const named = adopted ? [ids.vm, ids.disk, ids.nic, ids.publicIp, ...firewall] : [];
  return targetsOf([...journaled, ...named, ...(await listTagged(machine, signal))]);
}

/** Ids, each once, grouped; what azdock does not make for one machine is not among them. */
export function targetsOf(all: readonly string[]): Targets {
  const distinct = all.filter((id, index) => all.findIndex((other) => isSameId(id, other)) === index);
  const of = (type: string) => distinct.filter((id) => parseResourceId(id)?.type === type);
  return {
    vms: of('microsoft.compute/virtualmachines'),
    extensions: of('microsoft.compute/virtualmachines/extensions'),
    disks: of('microsoft.compute/disks'),
    nics: of('microsoft.network/networkinterfaces'),
    publicIps: of('microsoft.network/publicipaddresses'),
    firewalls: of('microsoft.network/networksecuritygroups'),
  };
}

/** Ids of resources that carry the machine's tag and that azdock makes. Azure's list lags some seconds behind. */
export async function listTagged(machine: AzureMachine, signal: AbortSignal): Promise<string[]> {
  if (machine.id === '') return [];
  return machine.session.call(
    deed(machine, `list what is tagged ${machine.name}`, machine.name),
    signal,
    async (to) => {
      const filter = `tagName eq '${ID_TAG}' and tagValue eq '${machine.id}'`;
      const ids: string[] = [];
      for await (const { id } of (await to.resources()).resources.list({ filter, abortSignal: signal }))
        if (id !== undefined && kindOf(id) !== undefined) ids.push(id);
      return ids;
    },
  );
}

/** Why a resource could not be deleted. */
export interface Refusal {
  readonly id: string;
  readonly error: ArmError;
}

/** Deletes in the order that Azure allows. Refusals are collected, so that one does not keep the rest from being deleted. */
export class Removal {
  readonly refusals: Refusal[] = [];
  /** Called with the id of a NIC that Azure keeps for three minutes, which are waited out. */
  onReserved: ((id: string) => void) | undefined;
  readonly #machine: AzureMachine;
  readonly #journal: Journal;
  readonly #signal: AbortSignal;

  constructor(machine: AzureMachine, journal: Journal, signal: AbortSignal) {
    this.#machine = machine;
    this.#journal = journal;
    this.#signal = signal;
  }

  /** The VM takes disk, NIC and public IP along (`deleteOption`); what it leaves, or never had, is deleted after it. */
  async deleteVirtualMachine(targets: Targets): Promise<void> {
    await this.#deleteAll(targets.vms);
    // A VM that stays holds on to its disk and NIC: asking for those would only wait in vain.
    if (targets.vms.some((id) => this.#isRefused(id))) return;
    await Promise.all(targets.extensions.map((id) => this.#journal.forget(id)));
    await Promise.all([
      this.#deleteAll(targets.disks),
      this.#deleteAll(targets.nics).then(() => this.#deleteAll(targets.publicIps)),
    ]);
  }

  async deleteFirewall(targets: Targets): Promise<void> {
    if ([...targets.vms, ...targets.nics].some((id) => this.#isRefused(id))) return;
    await this.#deleteAll(targets.firewalls);
  }

  #isRefused(id: string): boolean {
    return this.refusals.some((refusal) => isSameId(refusal.id, id));
  }

  async #deleteAll(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        try {
          await deleteResource(this.#machine, id, { signal: this.#signal, onReserved: this.onReserved });
          await this.#journal.forget(id);
        } catch (error) {
          if (!(error instanceof ArmError)) throw error;
          this.refusals.push({ id, error });
        }
      }),
    );
  }
}
