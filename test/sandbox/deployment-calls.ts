import assert from 'node:assert/strict';
import { type Arm, finish, type Json, type RawAnswer } from './raw-https.ts';

/** Deployments of the group `rg`. */
export const deployments = '/resourcegroups/rg/providers/Microsoft.Resources/deployments';

/** Body of a deployment. */
export function deploymentBody(template: Json, parameters: Json = {}, mode = 'Incremental'): Json {
  return { properties: { mode, template, parameters } };
}

/** Deploys to `rg`, waits for the end, and gives the deployment. Fails the test when it is not accepted. */
export async function deploy(arm: Arm, name: string, body: Json): Promise<Json> {
  const accepted = await arm('PUT', `${deployments}/${name}`, body);
  assert.ok(accepted.status < 300, accepted.text);
  await finish(arm, accepted);
  return (await arm('GET', `${deployments}/${name}`)).body;
}

/** Deploys, demands success, and gives the values of the outputs. */
export async function outputsOf(arm: Arm, name: string, body: Json): Promise<Json> {
  const { properties } = await deploy(arm, name, body);
  assert.equal(properties.provisioningState, 'Succeeded', JSON.stringify(properties.error));
  return Object.fromEntries(
    Object.entries<Json>(properties.outputs ?? {}).map(([output, { value }]) => [output, value]),
  );
}

/** Status, code and message of a refusal. */
export async function refused(answer: Promise<RawAnswer>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${body.error?.code} ${body.error?.message}`;
}
