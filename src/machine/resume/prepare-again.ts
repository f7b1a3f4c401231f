import { checkProvisioning } from '../../provision/check-provisioning.ts';
import type { Provisioning } from '../../provision/provisioning.ts';
import { rememberedProvisioning } from '../../provision/remembered.ts';
import type { JsonObject } from '../../store/record.ts';
import type { Sidecar } from '../../store/sidecar.ts';
import type { Store } from '../../store/store.ts';
import { checkBootData } from '../check-boot-data.ts';
import { checkHost } from '../check-host.ts';
import { type ChosenProvisioner, chooseProvisioner } from '../choose-provisioner.ts';
import { checkAuthority } from '../machine-certificates.ts';
import type { MachineContext } from '../machine-context.ts';
import type { NewMachine } from '../new-machine.ts';
import type { HostRequest } from '../prepare-creation.ts';
import { provisioningDraft } from '../provisioning-draft.ts';
import { RegionMemory } from '../region-memory.ts';
import { provisionerForHost } from './provisioner-for-host.ts';
import type { UnfinishedMachine } from './require-unfinished.ts';

export interface Again {
  readonly found: UnfinishedMachine;
  readonly request: HostRequest;
  readonly machine: NewMachine;
  readonly store: Store;
  readonly context: MachineContext;
  /** An earlier run has made the host, which is kept: whether it can be made has been answered. */
  readonly hasHost: boolean;
}

export interface PreparedAgain {
  /** With the provisioner that the host takes. */
  readonly machine: NewMachine;
  readonly draft: Provisioning;
  readonly chosen: ChosenProvisioner;
  readonly memory: RegionMemory;
  /** Key that a host which was there before has shown. */
  readonly hostKey: string | undefined;
}

/** The checks of a creation, as far as an earlier run has not answered them. @throws as `prepareCreation` */
export async function prepareAgain(again: Again): Promise<PreparedAgain> {
  const { found, request, store, context, hasHost } = again;
  const { sidecar, record } = found;
  const { progress, signal } = context;
  const wanted = again.machine.provisioner;
  const choice = hasHost ? provisionerForHost(request.name, wanted, sidecar) : wanted;
  const machine = { ...again.machine, provisioner: choice };
  const { driver, region, host } = machine;
  const draft = provisioningDraft(request, machine);
  checkProvisioning(draft);
  // Another host has another key.
  const knownHostKey = host?.host === record.Driver.IPAddress ? sidecar.hostKey : undefined;
  const memory = new RegionMemory(context.storePath, Date.now);
  const { chosen, hostKey } = await progress.step('Checks', async (step) => {
    const check = hasHost ? undefined : driver.check((message) => progress.warn(message));
    await Promise.all([check, checkAuthority(store, context)]);
    const question = { choice, driver, provisioning: draft, region, memory, signal };
    return {
      hostKey: host === undefined ? undefined : await checkHost(host, { draft, context, step, knownHostKey }),
      chosen: await chooseProvisioner({
        ...question,
        commandWith: (flag) => `azdock create ${record.Name} --resume ${flag}`,
      }),
    };
  });
  if (!hasHost)
    await checkBootData({ chosen: chosen.name, draft, userData: request.customData, disks: machine.dataDisks });
  return { machine, draft, chosen, memory, hostKey };
}

/** What the sidecar of an earlier run becomes: id, journal and what the user has done since stay. */
export function resumedSidecar(
  { provisioner: _provisioner, hostKey: pinned, driver: _driver, ...old }: Sidecar,
  { machine, draft, chosen, hostKey }: PreparedAgain,
  { driver, hasHost }: { readonly driver: JsonObject | undefined; readonly hasHost: boolean },
): Sidecar {
  const key = hostKey ?? (hasHost ? pinned : undefined);
  const isOpen = machine.provisioner === 'auto' && chosen.name === 'docker-extension';
  return {
    ...old,
    phase: 'creating',
    ...(driver === undefined ? {} : { driver }),
    ...(isOpen ? {} : { provisioner: chosen.name }),
    ...(key === undefined ? {} : { hostKey: key }),
    provision: rememberedProvisioning(draft),
  };
}
