import { UsageError } from '../../errors/usage-error.ts';
import { isAligned, type IpRange, parseRange, rangeText } from './ip-range.ts';

/** Everybody, in Azure's security rules and in `--azure-allow-from`. */
export const EVERYBODY = '*';

/** Where sources come from, unless said otherwise. */
const FLAG = '--azure-allow-from';

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
const tagForm = /^[a-z][a-z0-9]{2,}(\.[a-z0-9]+)?$/i;
/** Names of rules end with the tag and have 80 characters at most. */
const LONGEST_TAG = 48;
/** Each makes one rule a port; the priorities of SSH's rules, from 100 on, must not meet those of Docker's, from 300 on. */
const MOST_TAGS = 90;
/** Prefixes in one rule (learn.microsoft.com, "Azure subscription and service limits", networking: 4,000 in a group). */
const MOST_RANGES = 1_000;

/**
 * Reads addresses, blocks, service tags, or `*`. What is said twice counts once.
 *
 * @param place the flag or argument that they come from
 * @throws UsageError naming the place and the value, with the right one where it can be guessed
 */
export function parseSources(values: readonly string[], place = FLAG): Sources {
  const words = values.map((value) => value.trim());
  const ranges = words.filter((word) => !isWord(word)).map((word) => parseBlock(word, place));
  const distinct = (family: 4 | 6) => [...new Set(ranges.filter((range) => range.family === family).map(rangeText))];
  const tags = words.filter((word) => isWord(word) && word !== EVERYBODY);
  for (const tag of tags) checkTag(tag, place);
  const sources = {
    everybody: words.includes(EVERYBODY),
    ipv4: distinct(4),
    ipv6: distinct(6),
    tags: tags.filter((tag, index) => tags.findIndex((other) => isSame(tag, other)) === index),
  };
  checkCounts(sources, place);
  return sources;
}

/** The sources as they are written down and shown: `*` alone when it is among them. */
export function sourceList({ everybody, ipv4, ipv6, tags }: Sources): readonly string[] {
  return everybody ? [EVERYBODY] : [...ipv4, ...ipv6, ...tags];
}

/** As {@link parseSources}, and somebody has to be left who can reach an IPv4 address. @throws UsageError */
export function requireSources(values: readonly string[], place = FLAG): readonly string[] {
  const sources = parseSources(values, place);
  const list = sourceList(sources);
  if (list.length > 0 && list.length === sources.ipv6.length)
    refuse(
      place,
      list.join(', '),
      "azdock and docker reach a machine at its IPv4 address; name an IPv4 address or block as well, or '*'",
    );
  return list;
}

function isWord(text: string): boolean {
  return text === EVERYBODY || (!/[:/]/.test(text) && /^[a-z]/i.test(text));
}

function parseBlock(text: string, place: string): IpRange {
  const range = parseRange(text);
  if (range === undefined)
    return refuse(
      place,
      text,
      "expected an address such as 203.0.113.7, a block such as 203.0.113.0/24, a service tag such as VirtualNetwork, or '*' for everybody",
    );
  if (!isAligned(text)) refuse(place, text, `a block has no bits after its prefix; it is ${rangeText(range)}`);
  return range;
}

function checkTag(tag: string, place: string): void {
  if (everybodyWords.test(tag)) refuse(place, tag, "everybody is written '*'");
  if (!tagForm.test(tag) || tag.length > LONGEST_TAG)
    refuse(place, tag, 'a service tag has letters, digits and dots, such as AzureCloud.WestEurope');
}

function checkCounts({ ipv4, ipv6, tags }: Sources, place: string): void {
  if (tags.length > MOST_TAGS) refuse(place, tags.length, `at most ${MOST_TAGS} service tags`);
  if (ipv4.length > MOST_RANGES || ipv6.length > MOST_RANGES)
    refuse(place, Math.max(ipv4.length, ipv6.length), `at most ${MOST_RANGES} addresses and blocks`);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function refuse(place: string, value: unknown, what: string): never {
  throw new UsageError(`${place} ${JSON.stringify(value)}: ${what}.`, { resource: place });
}
