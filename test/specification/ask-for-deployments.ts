import { location } from '../sandbox/build-machine.ts';
import { deploymentBody, deployments } from '../sandbox/deployment-calls.ts';
import { dockerParameters, dockerTemplate, templateOf } from '../sandbox/docker-template.ts';
import { type Arm, finish, type Json } from '../sandbox/raw-https.ts';

const wrong: Json = {
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: '2025-05-01',
  name: 'wrong',
  location,
  sku: { name: 'Nonsense' },
};

/** Deployments that succeed, fail and are refused, in the group `rg` and in the subscription. */
export async function askForDeployments(arm: Arm): Promise<void> {
  const inSubscription = '/providers/Microsoft.Resources/deployments';
  const good = deploymentBody(dockerTemplate(), dockerParameters());
  const bad = deploymentBody(templateOf({ resources: [wrong] }));
  const refused = deploymentBody(templateOf({ resources: [{ ...wrong, name: '[nonsense()]' }] }));
  const empty = { ...deploymentBody(templateOf({ outputs: { a: { type: 'int', value: 1 } } })), location };
  for (const [path, body] of [
    [`${deployments}/good`, good],
    [`${deployments}/bad`, bad],
    [`${deployments}/refused`, refused],
    [`${inSubscription}/whole`, empty],
    [`${inSubscription}/nowhere`, { ...empty, properties: { ...empty.properties, mode: 'Complete' } }],
  ] as const)
    await finish(arm, await arm('PUT', path, body));
  await askAbout(arm, deployments, '/resourcegroups/rg/deployments', [good, bad, refused]);
  await askAbout(arm, deployments, deployments, []);
  await askAbout(arm, inSubscription, inSubscription, [empty]);
}

/** Everything that can be asked of a scope's deployments. @param operations where their operations are listed */
async function askAbout(arm: Arm, scope: string, operations: string, bodies: readonly Json[]): Promise<void> {
  const [name = 'none', other = 'none'] = scope === deployments ? ['good', 'bad'] : ['whole'];
  for (const body of bodies)
    for (const action of ['validate', 'whatIf']) await arm('POST', `${scope}/${name}/${action}`, body);
  for (const path of [scope, `${scope}/${name}`, `${scope}/${other}`, `${scope}/none`]) await arm('GET', path);
  for (const one of [name, 'none']) {
    await arm('HEAD', `${scope}/${one}`);
    await arm('POST', `${scope}/${one}/exportTemplate`);
    await arm('POST', `${scope}/${one}/cancel`);
  }
  for (const one of [name, other]) {
    const { body } = await arm('GET', `${operations}/${one}/operations`);
    for (const { operationId } of [...(body.value ?? []), { operationId: 'none' }])
      await arm('GET', `${operations}/${one}/operations/${operationId}`);
  }
}

/** Takes them out of the history. */
export async function removeDeployments(arm: Arm): Promise<void> {
  for (const path of [`${deployments}/good`, `${deployments}/none`, '/providers/Microsoft.Resources/deployments/whole'])
    await finish(arm, await arm('DELETE', path));
}
