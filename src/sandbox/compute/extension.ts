import * as arm from '../arm/resources.ts';
import { timestamp } from '../clock.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';

export interface Extension extends Resource {
  /** Id of the machine. */
  readonly machine: string;
  readonly publisher: string;
  /** `type` of the extension, such as `CustomScript`; the resource's type is another thing. */
  readonly handler: string;
  /** As asked for: major and minor. */
  readonly handlerVersion: string;
  /** Version that runs. */
  readonly version: string;
  readonly upgradeMinor: boolean;
  readonly forceUpdateTag?: string | undefined;
  readonly suppressFailures?: boolean | undefined;
  readonly settings?: Record<string, unknown> | undefined;
  /** Of all that makes the agent run the handler again; protected settings are not kept. */
  readonly fingerprint: string;
  readonly sequence: number;
  /** The handler's status message. */
  message: string;
  /** When it said so; absent as long as it has said nothing. */
  reportedMs?: number | undefined;
}

export const extensionType = 'Microsoft.Compute/virtualMachines/extensions';

export function renderExtension(extension: Extension, view?: World): unknown {
  return {
    ...arm.renderBase(extension),
    properties: {
      publisher: extension.publisher,
      type: extension.handler,
      typeHandlerVersion: extension.handlerVersion,
      autoUpgradeMinorVersion: extension.upgradeMinor,
      ...(extension.forceUpdateTag === undefined ? {} : { forceUpdateTag: extension.forceUpdateTag }),
      ...(extension.suppressFailures === undefined ? {} : { suppressFailures: extension.suppressFailures }),
      ...(extension.settings ? { settings: extension.settings } : {}),
      provisioningState: extension.state,
      ...(view ? { instanceView: extensionView(extension, view) } : {}),
    },
  };
}

/** The handler's report, as the agent passes it on. */
export function extensionView(extension: Extension, world: World): Record<string, unknown> {
  const failed = extension.state === 'Failed';
  const busy = extension.state !== 'Succeeded' && !failed;
  const word = failed ? 'failed' : busy ? 'transitioning' : 'succeeded';
  return {
    name: extension.name,
    type: `${extension.publisher}.${extension.handler}`,
    typeHandlerVersion: extension.version,
    statuses: [
      {
        code: `ProvisioningState/${word}`,
        level: failed ? 'Error' : 'Info',
        displayStatus: failed ? 'Provisioning failed' : busy ? 'Transitioning' : 'Provisioning succeeded',
        message: extension.message,
        time: timestamp(extension.reportedMs ?? world.clock.nowMs()),
      },
    ],
  };
}

/** The agent's own view of a handler, which has no extension's name. */
export function handlerView(extension: Extension): Record<string, unknown> {
  const ready = extension.state === 'Succeeded' || extension.reportedMs !== undefined;
  return {
    type: `${extension.publisher}.${extension.handler}`,
    typeHandlerVersion: extension.version,
    status: {
      code: `ProvisioningState/${ready ? 'succeeded' : 'transitioning'}`,
      level: 'Info',
      displayStatus: ready ? 'Ready' : 'Not Ready',
      ...(ready ? {} : { message: 'Plugin enabling' }),
    },
  };
}
