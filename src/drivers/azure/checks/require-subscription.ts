import type { AzureMachine } from '../azure-machine.ts';
import { isSameId } from '../naming.ts';
import type { NetworkPlace } from '../network-place.ts';
import { refusal, tryWith } from './refusal.ts';

/** "A network interface must exist in the same location and subscription as the virtual network" (learn.microsoft.com, NICs). */
export function requireSubscription({ name, session }: AzureMachine, place: NetworkPlace, flag: string): void {
  const { subscriptionId: theirs, id } = place;
  if (isSameId(theirs, session.subscriptionId)) return;
  throw refusal(
    id,
    `${flag}: ${place.name} is in subscription ${theirs}, and ${name} would be in ${session.subscriptionId}; Azure joins them within one subscription only.`,
    [tryWith(name, 'There', `--azure-subscription-id ${theirs} ${flag} ${place.group}:${place.name}`)],
  );
}
