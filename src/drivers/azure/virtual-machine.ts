import { deed } from './azure-machine.ts';
import { dataDiskName, dataDisksOf } from './data-disk.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import { COMPUTE_POLL, finish } from './long-running.ts';
import type { Making } from './making.ts';
import { onceFree } from './once-free.ts';
import { withNearSizes } from './size-steps.ts';
import { vmBody } from './vm-body.ts';

/** Makes the VM and waits until Azure calls it provisioned. Disks, NIC and public IP go when it goes. */
export async function putVirtualMachine({ machine, creation, signal }: Making, image: ImageFacts): Promise<void> {
  const { names, session, options } = machine;
  const { sshPublicKey, customData, journal } = creation;
  if (sshPublicKey === undefined) throw new TypeError('the SSH key has to be made before the VM');
  const size = (await machine.sizes())?.find(options.size);
  const body = vmBody(machine, { image, size, sshPublicKey, customData });
  await journal.intend(names.ids.vm, { shared: false });
  await journal.intend(names.ids.disk, { shared: false });
  for (const lun of dataDisksOf(options).keys())
    await journal.intend(siblingId(names.ids.disk, dataDiskName(machine.name, lun)), { shared: false });
  // A request whose answer was lost is at work when it is sent again.
  const put = onceFree(machine, signal, () =>
    session.call(deed(machine, `create virtual machine ${names.vm}`, names.vm), signal, async (to) => {
      const { virtualMachines } = await to.compute();
      const how = { ...COMPUTE_POLL, abortSignal: signal };
      return finish(virtualMachines.createOrUpdate(names.group, names.vm, body, how), signal);
    }),
  );
  await put.catch(async (error: unknown) => {
    throw await withNearSizes(error, machine, image);
  });
}

/** The id of another resource of the same kind in the same group. */
function siblingId(id: string, name: string): string {
  return `${id.slice(0, id.lastIndexOf('/'))}/${name}`;
}
