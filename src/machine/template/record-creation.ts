import type { AzureDependencies } from '../../drivers/azure/dependencies.ts';
import type { AzureOptions } from '../../drivers/azure/options.ts';
import { type RecordedRequest, recordRequests } from '../../drivers/azure/template/record-requests.ts';
import { createAzureDriver } from '../../drivers/azure/driver.ts';
import type { Creation, Journal } from '../../drivers/creation.ts';
import type { ExtensionRequest } from '../../provision/extension-request.ts';
import { silentProgress } from '../../steps/progress.ts';
import { runSteps } from '../../steps/run-steps.ts';

/** A machine as the driver makes it. */
export interface CreationPlan {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly options: AzureOptions;
  readonly sshPublicKey: string;
  readonly customData: Buffer | undefined;
  readonly extension: ExtensionRequest | undefined;
}

/**
 * Goes through the steps of a creation with a client that asks Azure and makes nothing.
 *
 * @returns what would have been sent
 * @throws what the steps throw: PreCreateCheckError, LoginError, ArmError
 */
export async function recordCreation(
  plan: CreationPlan,
  dependencies: AzureDependencies,
  signal: AbortSignal,
): Promise<readonly RecordedRequest[]> {
  const { name, id, options, sshPublicKey, customData, extension } = plan;
  const recording = recordRequests();
  const driver = createAzureDriver({
    isNew: true,
    name,
    id,
    options: { ...options, acceptTerms: false },
    dependencies: { ...dependencies, httpClient: recording.client },
  });
  const creation: Creation = {
    name,
    id,
    journal: noJournal,
    progress: silentProgress,
    sshPublicKey,
    customData,
    address: undefined,
    alternativeAddresses: [],
  };
  // The group is where the template is deployed to.
  const steps = driver.creationSteps().map((step) => (step.id === 'group' ? { ...step, run: async () => {} } : step));
  await runSteps({ steps, context: creation, progress: silentProgress, signal });
  if (extension !== undefined) await driver.extensions?.put(extension, noJournal, signal);
  return recording.requests;
}

/** Nothing is made, so there is nothing to remember. */
const noJournal: Journal = {
  intend: async () => {},
  forget: async () => {},
  ownResourceGroup: async () => {},
  entries: [],
  ownsResourceGroup: false,
};
