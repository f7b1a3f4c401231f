import type { AzureOptions } from '../options.ts';
import { wrongValue } from './wrong-value.ts';

/** Limits of Azure Resource Manager (learn.microsoft.com, "Use tags to organize your Azure resources", limitations). */
const MOST_TAGS = 50;
const LONGEST_NAME = 512;
const LONGEST_VALUE = 256;
/** azdock's own: the machine's name, its id, and the store's. */
const OWN_TAGS = 3;

/** Tags of the user's. @throws UsageError naming the flag */
export function checkTagOptions({ tags }: Pick<AzureOptions, 'tags'>): void {
  const names = Object.keys(tags);
  if (names.length > MOST_TAGS - OWN_TAGS)
    wrongValue('tag', names.length, `a resource has at most ${MOST_TAGS} tags, and ${OWN_TAGS} of them are azdock's`);
  const seen = new Set<string>();
  for (const name of names) {
    checkName(name);
    const same = name.toLowerCase();
    if (seen.has(same)) wrongValue('tag', name, 'it is there twice: names of tags are compared without case');
    seen.add(same);
  }
  for (const [name, value] of Object.entries(tags))
    if (value.length > LONGEST_VALUE) wrongValue('tag', name, `a value has at most ${LONGEST_VALUE} characters`);
}

function checkName(name: string): void {
  if (name === '') wrongValue('tag', name, 'a tag has a name');
  if (name.length > LONGEST_NAME) wrongValue('tag', name, `a name has at most ${LONGEST_NAME} characters`);
  if (/[<>%&\\?/]/.test(name)) wrongValue('tag', name, 'a name has none of < > % & \\ ? /');
  // Removal finds a machine's resources by these.
  if (/^azdock-/i.test(name)) wrongValue('tag', name, "tags that begin with azdock- are azdock's own");
}
