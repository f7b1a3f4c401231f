import type { OSProfile, StorageProfile, VirtualMachine } from '@azure/arm-compute';
import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from '@azure/core-rest-pipeline';
import { RestError } from '@azure/core-rest-pipeline';
import { azureClients } from './azure-clients.ts';
import { location, makeInterface, makeNetwork, publicKey } from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { type Arm, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

/** A sandbox with a network, and Azure's own client to ask it for machines. */
export interface ComputeBench extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  readonly guests: FakeGuests;
  readonly arm: Arm;
  readonly compute: ReturnType<typeof azureClients>['compute'];
  /** Id of something in group `rg`, such as `Microsoft.Compute/images/x`. */
  id(below: string): string;
  /** Makes an interface and a machine on it; a machine that is refused leaves the interface for the next. */
  create(name: string, change?: MachineChange): Promise<VirtualMachine>;
  /** How a request is refused: status, code and target, as `400 InvalidParameter vmSize`; else `accepted`. */
  refusal(answer: Promise<unknown>): Promise<string>;
  /** The same of a machine's creation. */
  refused(change: MachineChange): Promise<string>;
}

export interface MachineChange extends Omit<Partial<VirtualMachine>, 'osProfile' | 'storageProfile'> {
  readonly size?: string;
  readonly osDisk?: Partial<StorageProfile['osDisk']>;
  readonly storageProfile?: StorageProfile;
  readonly osProfile?: OSProfile;
}

export async function openComputeBench(): Promise<ComputeBench> {
  const guests = new FakeGuests();
  const sandbox = await startTestSandbox({ guests });
  const arm = await openArm(sandbox);
  await makeNetwork(arm);
  const { compute } = azureClients(sandbox);
  const problem = new LastProblem();
  compute.pipeline.addPolicy(problem);
  const id = (below: string) => `${arm.subscription}/resourceGroups/rg/providers/${below}`;
  const made = new Set<string>();
  const create = async (name: string, change: MachineChange = {}) => {
    if (!made.has(name)) await makeInterface(arm, name);
    made.add(name);
    return compute.virtualMachines.createOrUpdate('rg', name, machineOf(name, id, change));
  };
  const refusal = async (answer: Promise<unknown>) => {
    try {
      await answer;
      return 'accepted';
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return `${error.statusCode} ${error.code} ${problem.target}`.trim();
    }
  };
  return {
    sandbox,
    guests,
    arm,
    compute,
    id,
    create,
    refused: (change) => refusal(create('refused', change)),
    refusal,
    [Symbol.asyncDispose]: sandbox.stop,
  };
}

function machineOf(name: string, id: ComputeBench['id'], { size, osDisk, ...change }: MachineChange): VirtualMachine {
  return {
    location,
    hardwareProfile: { vmSize: size ?? 'Standard_D2s_v5' },
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
      osDisk: { createOption: 'FromImage', ...osDisk },
    },
    osProfile: keyLogin,
    networkProfile: { networkInterfaces: [{ id: id(`Microsoft.Network/networkInterfaces/${name}-nic`) }] },
    ...change,
  };
}

export const keyLogin: OSProfile = {
  computerName: 'vm',
  adminUsername: 'docker-user',
  linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ keyData: publicKey }] } },
};

/** Reads what the service said, which the client's own errors leave out: the target of the problem. */
class LastProblem implements PipelinePolicy {
  readonly name = 'lastProblem';
  target = '';

  async sendRequest(request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
    const response = await next(request);
    if (response.status >= 400) this.target = JSON.parse(response.bodyAsText || '{}').error?.target ?? '';
    return response;
  }
}
