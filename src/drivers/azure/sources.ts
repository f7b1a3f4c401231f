import { isAligned, type IpRange, parseRange, rangeText } from './ip-range.ts';
import { wrongValue } from './option-checks/wrong-value.ts';

/** Everybody, in Azure's security rules and in `--azure-allow-from`. */
export const EVERYBODY = '*';

/** Who may come in, one kind for each form that a security rule of Azure takes it in. */
export interface Sources {
  readonly everybody: boolean;
  /** Addresses and blocks. */
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  /** Service tags, as written. */
  readonly tags: readonly string[];
}

/** Words that mean all addresses; Azure knows no tag of these names. */
const everybodyWords = /^(any|all|everybody|everyone)$/i;
/** Form of a service tag: `Internet`, `AzureCloud.WestEurope` (learn.microsoft.com, "Virtual network service tags"). */
const tagForm = /^[a-z][a-z0-9]*(\.[a-z0-9]+)?$/i;
/** Names of rules end with the tag and have 80 characters at most. */
const LONGEST_TAG = 48;
/** Each makes one rule a port; the priorities of SSH's rules, from 100 on, must not meet those of Docker's, from 300 on. */
const MOST_TAGS = 90;
/** Prefixes in one rule (learn.microsoft.com, "Azure subscription and service limits", networking: 4,000 in a group). */
const MOST_RANGES = 1_000;

/**
 * Reads the values of `--azure-allow-from`: addresses, blocks, service tags, or `*`. What is said twice counts once.
 *
 * @throws UsageError naming the value, with the right one where it can be guessed
 */
export function parseSources(values: readonly string[]): Sources {
  const words = values.map((value) => value.trim());
  const ranges = words.filter((word) => !isWord(word)).map(parseBlock);
  const distinct = (family: 4 | 6) => [...new Set(ranges.filter((range) => range.family === family).map(rangeText))];
  const tags = words.filter((word) => isWord(word) && word !== EVERYBODY);
  for (const tag of tags) checkTag(tag);
  const sources = {
    everybody: words.includes(EVERYBODY),
    ipv4: distinct(4),
    ipv6: distinct(6),
    tags: tags.filter((tag, index) => tags.findIndex((other) => isSame(tag, other)) === index),
  };
  checkCounts(sources);
  return sources;
}

/** The sources as they are written down and shown: `*` alone when it is among them. */
export function sourceList({ everybody, ipv4, ipv6, tags }: Sources): readonly string[] {
  return everybody ? [EVERYBODY] : [...ipv4, ...ipv6, ...tags];
}

/** As {@link parseSources}, and somebody has to be left who can reach an IPv4 address. @throws UsageError */
export function requireSources(values: readonly string[]): readonly string[] {
  const sources = parseSources(values);
  const list = sourceList(sources);
  if (list.length > 0 && list.length === sources.ipv6.length)
    wrongValue(
      'allow-from',
      list.join(', '),
      "azdock and docker reach a machine at its IPv4 address; name an IPv4 address or block as well, or '*'",
    );
  return list;
}

function isWord(text: string): boolean {
  return text === EVERYBODY || (!/[:/]/.test(text) && /^[a-z]/i.test(text));
}

function parseBlock(text: string): IpRange {
  const range = parseRange(text);
  if (range === undefined)
    return wrongValue(
      'allow-from',
      text,
      "expected an address such as 203.0.113.7, a block such as 203.0.113.0/24, a service tag such as VirtualNetwork, or '*' for everybody",
    );
  if (!isAligned(text))
    wrongValue('allow-from', text, `a block has no bits after its prefix; it is ${rangeText(range)}`);
  return range;
}

function checkTag(tag: string): void {
  if (everybodyWords.test(tag)) wrongValue('allow-from', tag, "everybody is written '*'");
  if (!tagForm.test(tag) || tag.length > LONGEST_TAG)
    wrongValue('allow-from', tag, 'a service tag has letters, digits and dots, such as AzureCloud.WestEurope');
}

function checkCounts({ ipv4, ipv6, tags }: Sources): void {
  if (tags.length > MOST_TAGS) wrongValue('allow-from', tags.length, `at most ${MOST_TAGS} service tags`);
  if (ipv4.length > MOST_RANGES || ipv6.length > MOST_RANGES)
    wrongValue('allow-from', Math.max(ipv4.length, ipv6.length), `at most ${MOST_RANGES} addresses and blocks`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
