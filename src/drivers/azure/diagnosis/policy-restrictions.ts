import { ArmError } from '../../../errors/arm-error.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';

/** https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions. The first one that tells effects. */
const API_VERSION = '2023-03-01';

/** A policy that would refuse one of the resources of a machine. */
export interface Denial {
  /** Name of the policy's assignment. */
  readonly assignment: string;
  /** Id of the assignment. */
  readonly id: string;
  /** `public IP`, `virtual machine`. */
  readonly resource: string;
}

/**
 * Asks Azure Policy what it would say to the resources of a machine, without making any: a POST that needs no more than the right to
 * read. It knows of policies by deny only, not of those that add and change.
 *
 * @throws ArmError; what else AzureSession.call throws
 */
export async function findDenials(machine: AzureMachine, signal: AbortSignal): Promise<readonly Denial[]> {
  const found = await Promise.all(
    plannedResources(machine).map(async ({ resource, isInGroup, content }) => {
      const assignments = await denialsOf(machine, { content, isInGroup }, signal);
      return assignments.map((id) => ({ assignment: id.split('/').at(-1) ?? id, id, resource }));
    }),
  );
  return found.flat();
}

interface Planned {
  readonly resource: string;
  readonly isInGroup: boolean;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What `create` would make, as far as policies usually look at it. */
function plannedResources({ options, names, name }: AzureMachine): readonly Planned[] {
  const { location, size, storageType, noPublicIp } = options;
  const tags = { ...options.tags, 'azdock-machine': name };
  const of = (resource: string, type: string, content: object): Planned => ({
    resource,
    isInGroup: true,
    content: { type, location, tags, ...content },
  });
  return [
    {
      resource: 'resource group',
      isInGroup: false,
      content: { type: 'Microsoft.Resources/subscriptions/resourceGroups', name: names.group, location },
    },
    of('virtual machine', 'Microsoft.Compute/virtualMachines', {
      name: names.vm,
      properties: {
        hardwareProfile: { vmSize: size },
        storageProfile: { osDisk: { osType: 'Linux', managedDisk: { storageAccountType: storageType } } },
      },
    }),
    of('network security group', 'Microsoft.Network/networkSecurityGroups', { name: names.firewall }),
    of('network', 'Microsoft.Network/virtualNetworks', { name: names.vnet }),
    of('NIC', 'Microsoft.Network/networkInterfaces', { name: names.nic }),
    ...(noPublicIp
      ? []
      : [
          of('public IP', 'Microsoft.Network/publicIPAddresses', {
            name: names.publicIp,
            sku: { name: 'Standard' },
            properties: { publicIPAllocationMethod: 'Static', publicIPAddressVersion: 'IPv4' },
          }),
        ]),
  ];
}

async function denialsOf(
  machine: AzureMachine,
  { content, isInGroup }: Pick<Planned, 'content' | 'isInGroup'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { names, session } = machine;
  const subscription = `/subscriptions/${session.subscriptionId}`;
  const body = { resourceDetails: { resourceContent: content } };
  const ask = (scope: string) =>
    session.call(deed(machine, 'ask Azure Policy', scope), signal, async (to) => {
      const path = `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
      const answer = await to.request({ method: 'POST', path, apiVersion: API_VERSION, body, abortSignal: signal });
      return parseDenials(answer);
    });
  if (!isInGroup) return ask(subscription);
  try {
    return await ask(`${subscription}/resourceGroups/${names.group}`);
  } catch (error) {
    // A group that is not there has no policies of its own yet.
    if (error instanceof ArmError && error.azure?.status === 404) return ask(subscription);
    throw error;
  }
}

/** Ids of assignments whose policies deny the content as it is. */
function parseDenials(answer: unknown): readonly string[] {
  const { policyEvaluations } = Object(Object(answer).contentEvaluationResult);
  return (Array.isArray(policyEvaluations) ? policyEvaluations : []).flatMap((each: unknown) => {
    const { policyInfo, effectDetails, evaluationResult } = Object(each);
    const id: unknown = Object(policyInfo).policyAssignmentId;
    const effect: unknown = Object(effectDetails).policyEffect;
    const isDenial = /^deny$/i.test(String(effect)) && /^noncompliant$/i.test(String(evaluationResult));
    return isDenial ? [typeof id === 'string' ? id : 'a policy'] : [];
  });
}
