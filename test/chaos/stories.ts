import { cloudStories } from './stories/cloud.ts';
import { diagnosisStories } from './stories/diagnosis.ts';
import { elsewhereStories } from './stories/elsewhere.ts';
import { existingStories } from './stories/existing.ts';
import { lifecycleStories } from './stories/lifecycle.ts';
import { lostStories } from './stories/lost.ts';
import { marketStories } from './stories/market.ts';
import type { Story } from './story.ts';

/** Among them they make every request to Azure that azdock can make: `whole.chaos.ts` says so. */
export const stories: readonly Story[] = [
  ...lifecycleStories,
  ...marketStories,
  ...elsewhereStories,
  ...existingStories,
  ...lostStories,
  ...diagnosisStories,
  ...cloudStories,
];
