import type { VirtualMachine } from '@azure/arm-compute';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { type ImageFacts, imageReference } from './image.ts';
import { COMPUTE_POLL, callOptions, finish } from './long-running.ts';
import type { Making } from './making.ts';
import { machineTags, sharedTags } from './naming.ts';

import { hasTrustedLaunch } from './trusted-launch.ts';

/** Fault domains that every region has; some have three. */
const FAULT_DOMAINS = 2;
/** Azure's own default (Microsoft.Compute/availabilitySets). */
const UPDATE_DOMAINS = 5;

/** Makes the VM and waits until Azure calls it provisioned. Disk, NIC and public IP go when it goes. */
export async function putVirtualMachine({ machine, creation, signal }: Making, image: ImageFacts): Promise<void> {
  const { names, session } = machine;
  if (creation.sshPublicKey === undefined) throw new TypeError('the SSH key has to be made before the VM');
  const body = vmBody(machine, { image, sshPublicKey: creation.sshPublicKey, customData: creation.customData });
  await creation.journal.intend(names.ids.vm, { shared: false });
  await creation.journal.intend(names.ids.disk, { shared: false });
  await session.call(deed(machine, `create virtual machine ${names.vm}`, names.vm), signal, async (to) => {
    const { virtualMachines } = await to.compute();
    const how = { ...COMPUTE_POLL, abortSignal: signal };
    return finish(virtualMachines.createOrUpdate(names.group, names.vm, body, how), signal);
  });
}

function vmBody(
  { name, id, names, options }: AzureMachine,
  boot: { image: ImageFacts; sshPublicKey: string; customData: Buffer | undefined },
): VirtualMachine {
  const isTrusted = boot.image.allowsTrustedLaunch && hasTrustedLaunch(options.size);
  return {
    location: options.location,
    tags: machineTags(name, id),
    hardwareProfile: { vmSize: options.size },
    storageProfile: {
      imageReference: imageReference(options.image),
      osDisk: {
        name: names.disk,
        createOption: 'FromImage',
        caching: 'ReadWrite',
        deleteOption: 'Delete',
        managedDisk: { storageAccountType: options.storageType },
        ...(options.diskSizeGiB === undefined ? {} : { diskSizeGB: options.diskSizeGiB }),
      },
    },
    osProfile: {
      computerName: names.computer,
      adminUsername: options.sshUser,
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: {
          publicKeys: [{ path: `/home/${options.sshUser}/.ssh/authorized_keys`, keyData: boot.sshPublicKey.trim() }],
        },
      },
      ...(boot.customData === undefined ? {} : { customData: boot.customData.toString('base64') }),
    },
    networkProfile: { networkInterfaces: [{ id: names.ids.nic, primary: true, deleteOption: 'Delete' }] },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    ...(isTrusted
      ? {
          securityProfile: {
            securityType: 'TrustedLaunch',
            uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
          },
        }
      : {}),
    ...(names.ids.availabilitySet === undefined ? {} : { availabilitySet: { id: names.ids.availabilitySet } }),
  };
}

/** Makes the availability set that was asked for, where it is absent. */
export async function ensureAvailabilitySet({ machine, creation, signal }: Making): Promise<void> {
  const { names, options, session } = machine;
  const { availabilitySet: name } = names;
  if (name === undefined || names.ids.availabilitySet === undefined) return;
  const body = {
    location: options.location,
    tags: sharedTags(),
    sku: { name: 'Aligned' },
    platformFaultDomainCount: FAULT_DOMAINS,
    platformUpdateDomainCount: UPDATE_DOMAINS,
  };
  const exists = await session.call(deed(machine, `find availability set ${name}`, name), signal, async (to) => {
    const { availabilitySets } = await to.compute();
    return availabilitySets.get(names.group, name, callOptions(signal)).then(
      () => true,
      (error: unknown) => {
        if (isNotFound(error)) return false;
        throw error;
      },
    );
  });
  if (exists) return;
  await creation.journal.intend(names.ids.availabilitySet, { shared: true });
  await session.call(deed(machine, `create availability set ${name}`, name), signal, async (to) =>
    (await to.compute()).availabilitySets.createOrUpdate(names.group, name, body, callOptions(signal)),
  );
}
