import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Deed, type Meaning, meanings } from '../src/drivers/azure/arm-meanings.ts';
import { passingCodes } from '../src/drivers/azure/conflict-policy.ts';
import { nextSteps } from '../src/drivers/azure/next-steps.ts';
import { azureDefaults } from '../src/drivers/azure/options.ts';
import { ArmError, type ArmErrorKind } from '../src/errors/arm-error.ts';
import { AzdockError } from '../src/errors/azdock-error.ts';
import { expandCodes } from './expand-codes.ts';

const folder = fileURLToPath(new URL('../src/errors', import.meta.url));

/** An error class as the catalogue shows it. */
export interface ErrorEntry {
  readonly className: string;
  readonly code: string;
  readonly exitCodes: string;
  readonly when: string;
}

/** Exit codes of classes that have several; of all others an instance tells it. */
const severalExitCodes: Readonly<Record<string, string>> = {
  ArmError: '1, 6, 7',
  CancelledError: '129, 130, 143',
  SeveralErrors: 'of the first',
  SshError: '1, 255',
};

/** Every class of src/errors, with what its doc comment says. */
export async function errorEntries(): Promise<ErrorEntry[]> {
  const files = readdirSync(folder).filter((name) => name !== 'azdock-error.ts');
  const entries = await Promise.all(
    files.map(async (file): Promise<ErrorEntry[]> => {
      const exported: Record<string, unknown> = await import(`../src/errors/${file}`);
      const source = readFileSync(`${folder}/${file}`, 'utf8');
      return Object.entries(exported).flatMap(([className, value]) => {
        const made = instanceOf(className, value);
        if (made === undefined) return [];
        const when = docComment(source, className);
        return [{ className, code: made.code, exitCodes: severalExitCodes[className] ?? String(made.exitCode), when }];
      });
    }),
  );
  return entries.flat().sort((one, other) => one.code.localeCompare(other.code, 'en'));
}

function instanceOf(className: string, value: unknown): AzdockError | undefined {
  if (typeof value !== 'function' || !(value.prototype instanceof AzdockError)) return undefined;
  if (className === 'ArmError') return new ArmError('x', 'other', { code: 'X' });
  const made: unknown = Reflect.construct(value, [className === 'SeveralErrors' ? [] : 'x']);
  return made instanceof AzdockError ? made : undefined;
}

/** The comment before a class, on one line. @throws Error when there is none: whoever meets the error is told nothing else */
function docComment(source: string, className: string): string {
  const found = new RegExp(String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\nexport class ${className} `).exec(source);
  const text = found?.[1]
    ?.replaceAll(/^\s*\*? ?/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (text === undefined || text === '') throw new Error(`${className} has no doc comment`);
  return text;
}

const common: Deed = {
  doing: 'create virtual machine dev',
  resource: 'dev',
  machine: 'dev',
  options: {
    ...azureDefaults,
    availabilityZone: undefined,
    bootDiagnostics: 'https://account.blob.core.windows.net',
    dnsLabel: 'label',
    spot: false,
    spotMaxPrice: undefined,
  },
};

/** What machines an example can be about, and how the page calls them. */
const examples: readonly { readonly about: string; readonly deed: Deed }[] = [
  { about: '', deed: common },
  { about: 'In a zone: ', deed: { ...common, options: { ...common.options, availabilityZone: '1' } } },
  { about: 'As Spot: ', deed: { ...common, options: { ...common.options, spot: true } } },
];

/** What one of Azure's refusals means, as a row. */
function meaningRow(meaning: Meaning): string {
  const example = examples.find(({ deed }) => meaning.when?.(deed) ?? true);
  if (example === undefined) throw new Error(`no example fits ${meaning.codes}`);
  const { about, deed } = example;
  const codes = expandCodes(meaning.codes).map((code) => `\`${code}\``);
  const text = meaning.text === undefined ? '' : `, of which Azure says \`${meaning.text.source}\``;
  const steps = nextSteps(meaning.next, deed).map(({ command }) => `\`${command}\``);
  const row = [
    `${codes.join(', ')}${text}`,
    `${about}${meaning.why(deed, '')}`,
    `${exitCodeOf(meaning.kind)} (${meaning.kind})`,
    steps.join(', '),
  ];
  return `| ${row.map(cell).join(' | ')} |`;
}

function exitCodeOf(kind: ArmErrorKind): number {
  return new ArmError('x', kind, { code: 'X' }).exitCode;
}

/** The page `docs/reference/errors.md`, in its parts. */
export async function errorsPage(): Promise<string[]> {
  const entries = await errorEntries();
  const rows = entries.map(({ code, className, exitCodes, when }) =>
    [`\`${code}\``, exitCodes, when, `\`${className}\``].map(cell),
  );
  const table = rows.map((row) => `| ${row.join(' | ')} |`);
  const passing = expandCodes(passingCodes).map((code) => `\`${code}\``);
  return [
    '# Errors',
    'What azdock says when something cannot be done: one sentence, what exists now, and whole commands that help. With `--json` the same is one document, `{"error": {"code", "message", "resource", "azure", "nextSteps", "details"}}`, and the [exit code](../exit-codes.md) is the same.',
    '## Codes',
    ['| code | exit code | when | class |', '| --- | --- | --- | --- |', ...table].join('\n'),
    'Besides, `system` (1) tells what the system refuses, such as a full disk, and `bug` (1) is an error that nobody foresaw.',
    "## What Azure's refusals mean",
    "The `code` is `azure`, and `azure.code` is one of these. The first row that fits counts; a code that is in none is told in Azure's words, with exit code 6 when the status is 403, else 1. Examples are for a machine `dev`.",
    ["| Azure's code | means | exit code | next |", '| --- | --- | --- | --- |', ...meanings.map(meaningRow)].join(
      '\n',
    ),
    '## What azdock waits out',
    [
      `- ${passing.join(', ')}: something else is at work on the same resource. For 3 minutes.`,
      '- `Conflict` on a virtual machine that something else is done to, or whose own request is at work though its answer was lost. For 15 minutes.',
      '- `NicReservedForAnotherVm`: Azure keeps a network interface for 3 minutes for a machine that it could not make. For 5 minutes.',
      '- 429, for as long as Azure says each time. For 15 minutes.',
      '- 408, 500, 502, 503, 504, a broken connection, no answer for 100 seconds, an answer that is cut short or no JSON. For 3 minutes; a network that has never answered in this run, for 10 seconds.',
      '- 401: azdock logs in once more.',
      '- 404 for what azdock itself has just made: not all of Azure knows of it yet. For 20 seconds.',
      '- An operation of Azure that does not end: 10 minutes for networks, 30 minutes for all else, or as many as `AZDOCK_AZURE_OPERATION_TIMEOUT` says. Then the code is `timeout`.',
    ].join('\n'),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
