import type { CreationPreview } from '../machine/preview-creation.ts';
import { namesInShort } from '../steps/names-in-short.ts';
import { resourceLines } from './creation-resources.ts';
import { wrap } from './wrap.ts';

/** Widest line, in characters, where nothing says how wide the reader's is. */
const USUAL_COLUMNS = 100;
const LABEL_CELLS = 13;

type Preview = CreationPreview & { readonly dockerContext: string | null };

/**
 * What a dry run found, for people: what is the same for all machines once, then every resource.
 * @param columns of the terminal; Infinity when there is none
 */
export function creationReport(previews: readonly Preview[], columns: number): string {
  const [first] = previews;
  if (first === undefined) return '';
  const names = namesInShort(previews.map(({ name }) => name));
  const width = Math.min(columns, USUAL_COLUMNS);
  const facts = [...cloudFacts(first), ...hostFacts(first), ...storeFacts(previews)];
  const lines = facts.flatMap(([label, text]) =>
    wrap(text, width - LABEL_CELLS).map((line, at) => row(at === 0 ? label : '', line)),
  );
  return [
    `Nothing was made. azdock create would make ${names} like this:`,
    '',
    ...lines,
    ...resourceLines(previews, width),
  ].join('\n');
}

type Fact = readonly [label: string, text: string];

function row(label: string, text: string): string {
  return `${label.padEnd(LABEL_CELLS)}${text}`;
}

function cloudFacts({ cloud, name }: Preview): readonly Fact[] {
  if (cloud === null) return [];
  const { size, image, firewall, quotas, subscription, subscriptionChanges } = cloud;
  const numbers =
    size.vCpus === null || size.memoryGiB === null ? '' : `, ${size.vCpus} vCPUs, ${size.memoryGiB} GiB of memory`;
  const where = [cloud.location, cloud.zone === null ? 'no zone' : `zone ${cloud.zone}`, cloud.cloud];
  const rules = firewall.rules.map(
    (rule) =>
      `${rule.protocol === '*' ? 'any' : rule.protocol} ${rule.ports.join(',')} from ${rule.from.map(source).join(', ')}`,
  );
  return [
    ['Where', [...where, `subscription ${subscription.name}`].join(', ')],
    ['Size', `${size.name}${numbers}${cloud.spot ? ', Spot' : ''}`],
    ['Image', image.name === image.reference ? image.name : `${image.name} (${image.reference})`],
    [
      'Let in',
      firewall.isOwn
        ? rules.join('; ')
        : `as security group ${firewall.name} says, which stays as it is (azdock allow ${name} shows it later)`,
    ],
    ...(quotas.length === 0
      ? []
      : [['Left then', quotas.map((one) => `${one.left} of ${one.limit} ${one.name}`).join(', ')] as const]),
    ...subscriptionChanges.map((change) => ['Subscription', change] as const),
  ];
}

function source(word: string): string {
  return word === '*' ? 'everybody' : word;
}

function hostFacts({ host, url, ssh, provisioner, enginePort, tunnel, certificateNames }: Preview): readonly Fact[] {
  if (url !== null) return [['Engine', `${url}, which nobody asks whether it is there`]];
  const why = provisioner === null || provisioner.because.length === 0 ? '' : ` (${provisioner.because.join(' ')})`;
  const version = provisioner?.version === null || provisioner === null ? '' : ` ${provisioner.version}`;
  return [
    ...(host === null ? [] : [['Host', host] as const]),
    ['Engine', `by ${provisioner?.name}${version}${why}, ${tunnel ? 'no port: through SSH' : `port ${enginePort}`}`],
    ...(ssh === null ? [] : [['SSH', `${ssh.user}, port ${ssh.port}`] as const]),
    ['Certificate', [...(host === null ? ['its address'] : []), ...certificateNames].join(', ')],
  ];
}

/** Files by directory, each directory once. */
function storeFacts(previews: readonly Preview[]): readonly Fact[] {
  const [first] = previews;
  const files = new Map<string, string[]>();
  for (const file of new Set(previews.flatMap((preview) => preview.files))) {
    const slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    const directory = file.slice(0, slash);
    files.set(directory, [...(files.get(directory) ?? []), file.slice(slash + 1)]);
  }
  const places = new Map<string, string[]>();
  for (const [directory, list] of files) places.set(list.join(' '), [...(places.get(list.join(' ')) ?? []), directory]);
  const lines = [...places].map(([list, directories]) => `${namesInShort(directories)}: ${list}`);
  const contexts = previews.flatMap(({ dockerContext }) => dockerContext ?? []);
  return [
    ...lines.map((line, at) => [at === 0 && first !== undefined ? 'Files' : '', line] as const),
    ...(contexts.length === 0 ? [] : [['Context', `docker --context ${namesInShort(contexts)}`] as const]),
  ];
}
