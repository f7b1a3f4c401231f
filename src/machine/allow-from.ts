import type { AzureOptions } from '../drivers/azure/options.ts';
import { UsageError } from '../errors/usage-error.ts';

/** The cloud whose machines only this computer reaches. */
const SANDBOX = 'sandbox';

/** What of a new machine tells whether it has to be said who may reach it. */
export type AllowFromValues = {
  readonly [Key in 'allowFrom' | 'securityGroup' | 'noPublicIp' | 'environment']: AzureOptions[Key] | undefined;
};

/**
 * Who may reach a machine when nobody has said so, where that needs no answer: those in its network when it has no address
 * outside, everybody in the sandbox, and whoever the user's own security group lets in.
 *
 * @returns undefined where somebody has to say so
 */
export function impliedSources(values: AllowFromValues): readonly string[] | undefined {
  const { allowFrom = [], securityGroup, noPublicIp, environment } = values;
  if (allowFrom.length > 0 || securityGroup !== undefined) return allowFrom;
  if (noPublicIp === true) return ['VirtualNetwork'];
  return environment === SANDBOX ? ['*'] : undefined;
}

/** The options with those who may come in. @throws UsageError when nobody has said who, and it has to be said */
export function withSources(options: AzureOptions, machine: string): AzureOptions {
  const allowFrom = impliedSources(options);
  if (allowFrom === undefined) throw untold(machine);
  return { ...options, allowFrom };
}

function untold(machine: string): UsageError {
  return new UsageError(
    `Nobody has said who may reach the SSH and Docker ports of ${machine}: --azure-allow-from takes addresses, CIDR blocks and service tags.`,
    {
      resource: '--azure-allow-from',
      nextSteps: [
        { label: 'Your address', command: `azdock create ${machine} --azure-allow-from ADDRESS` },
        { label: 'Once for all', command: 'export AZDOCK_AZURE_ALLOW_FROM=ADDRESS' },
        { label: 'Everybody', command: `azdock create ${machine} --azure-allow-from '*'` },
        { label: 'No Docker port', command: `azdock create ${machine} --tunnel --azure-allow-from ADDRESS` },
      ],
    },
  );
}

/**
 * Reads who may come in, as typed: addresses, blocks, service tags or `*`, with commas or blanks between them.
 * @throws UsageError for what is none
 */
export async function readSources(text: string): Promise<readonly string[]> {
  const { requireSources } = await import('../drivers/azure/sources.ts');
  return requireSources(
    text.split(/[\s,]+/).filter((word) => word !== ''),
    'Answer',
  );
}
