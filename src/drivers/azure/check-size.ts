import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** The size has to be offered in the region, and its cores have to fit into the quota. @throws PreCreateCheckError */
export async function checkSize(machine: AzureMachine): Promise<void> {
  const { session, options } = machine;
  const { size, location } = options;
  const found = await unlessForbidden(() =>
    session.call(deed(machine, `list sizes of ${location}`, location), undefined, async (to) => {
      const compute = await to.compute();
      const sizes = new Map<string, number>();
      for await (const { name, numberOfCores } of compute.virtualMachineSizes.list(location))
        if (name !== undefined) sizes.set(name.toLowerCase(), numberOfCores ?? 0);
      let left = Number.POSITIVE_INFINITY;
      for await (const { name, currentValue, limit } of compute.usage.list(location))
        if (name.value === 'cores') left = limit - currentValue;
      return { sizes, left };
    }),
  );
  if (found === undefined || found.sizes.size === 0) return;
  const cores = found.sizes.get(size.toLowerCase());
  const another = { label: 'Another size', command: `azdock create ${machine.name} --azure-size Standard_D2s_v5` };
  const elsewhere = { label: 'Another region', command: `azdock create ${machine.name} --azure-location northeurope` };
  if (cores === undefined)
    throw new PreCreateCheckError(`${location} does not offer ${size}.`, {
      resource: size,
      nextSteps: [another, elsewhere],
    });
  if (cores > found.left)
    throw new PreCreateCheckError(
      `A ${size} needs ${cores} cores, and this subscription has ${found.left} left in ${location}.`,
      { resource: size, nextSteps: [elsewhere] },
    );
}
