import type { AzureMachine } from '../../../drivers/azure/azure-machine.ts';
import { addressQuotas } from '../../../drivers/azure/catalogue/address-quota.ts';
import { findObstacle, quotasFor, tellObstacle } from '../../../drivers/azure/catalogue/obstacle.ts';
import type { Check } from '../check.ts';
import { command, type Finding, notChecked, ok, problem, worst } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** Whether one more machine of the default size can be made in the default region. */
export const quota: Check<AzureSubject> = {
  id: 'quota',
  title: 'Size and quota',
  needs: ['login'],
  async run({ azure }) {
    const machine = await azure.machine();
    const cores = await coreFinding(machine);
    const addresses = cores.verdict === 'problem' ? undefined : await addressFinding(machine);
    return addresses === undefined ? cores : worst(cores, addresses);
  },
};

async function coreFinding(machine: AzureMachine): Promise<Finding> {
  const { size: name, location } = machine.options;
  const catalogue = await machine.sizes();
  if (catalogue === undefined) return notChecked(`This login may not look at the sizes of ${location}.`);
  if (catalogue.sizes.length === 0)
    return problem(`The subscription has no region ${location}, or nothing in it.`, command('azdock locations'));
  const wish = { size: name };
  const obstacle = findObstacle(wish, catalogue);
  if (obstacle !== undefined)
    return problem(`${tellObstacle(obstacle, wish, location)}.`, command(`azdock sizes --azure-location ${location}`));
  const size = catalogue.find(name);
  const known = size === undefined ? [] : quotasFor(size, {}, catalogue);
  const left = known.flatMap(({ name: what, quota }) => (quota === undefined ? [] : [`${quota.left} ${what}`]));
  const words = left.length === 0 ? 'how many vCPUs are left, this login may not know' : `left: ${left.join(', ')}`;
  return ok(`${name} can be had in ${location}; ${words}.`);
}

async function addressFinding(machine: AzureMachine): Promise<Finding | undefined> {
  const { location } = machine.options;
  const short = (await addressQuotas(machine)).find(({ quota, needed }) => quota.left < needed);
  if (short === undefined) return undefined;
  return problem(
    `${short.quota.left} of ${short.quota.limit} ${short.name} are left in ${location}.`,
    command(`az network list-usages --location ${location} --output table`),
  );
}
