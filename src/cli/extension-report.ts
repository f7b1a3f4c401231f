import type { ShownExtension, ShownProvisioner } from '../machine/extension/show.ts';
import { printable } from './printable.ts';

/** What each provisioner is called in a sentence. */
const MEANS: Readonly<Record<string, string>> = {
  'docker-extension': 'by DockerExtension',
  'custom-script': 'by CustomScript',
  'cloud-init': 'by cloud-init, at the first boot',
  ssh: 'over SSH',
};

/** What is known of a machine's extension, for people. Times are as Azure and the host tell them, in UTC. */
export function extensionReport({ name, provisioner, extension, host }: ShownProvisioner): string {
  const by = MEANS[provisioner ?? ''];
  const first = `Docker was set up on ${name} ${by ?? 'by another program than azdock'}.`;
  const without = extension === null ? ['It has no extension.'] : [];
  return [
    [first, ...without].join(' '),
    ...(extension === null ? [] : ofExtension(extension)),
    ...(host === null ? [] : ofHost(host)),
  ].join('\n');
}

function ofExtension(extension: ShownExtension): string[] {
  const { publisher, type, version, provisioningState, time, message, stdout, stderr, settings } = extension;
  const { handlerVersion, handlerStatus } = extension;
  return [
    ...section('Extension', [
      ['Type', `${publisher}.${type} ${version}`],
      ['State', provisioningState],
      ['Handler', handlerVersion === null ? 'has not reported' : `${handlerVersion}, ${handlerStatus}`],
      ['Newest version', newest(extension)],
      ['Reported', time ?? 'never'],
      ['Message', message],
      ['Settings', settings === null ? 'none' : JSON.stringify(settings)],
    ]),
    ...extension.substatuses.flatMap(({ code, displayStatus, message: text }) =>
      section('Substatus', [
        ['Code', `${code} ${displayStatus}`.trim()],
        ['Message', text],
      ]),
    ),
    ...block('Output', stdout),
    ...block('Errors', stderr),
  ];
}

function newest({ newestVersion, handlerVersion }: ShownExtension): string {
  if (newestVersion === null) return 'the region does not publish it any more';
  if (handlerVersion === null || handlerVersion === newestVersion) return newestVersion;
  return `${newestVersion}; a VM takes it up by itself when its handler is next changed`;
}

function ofHost({ lastRun, engine, cloudInit }: NonNullable<ShownProvisioner['host']>): string[] {
  const { state, at, did, log } = lastRun;
  const run = state === 'none' ? 'none' : `${state} at ${at ?? 'an unknown time'}${did === null ? '' : `: ${did}`}`;
  return [
    ...section('Host', [
      ...(cloudInit === null ? [] : [['cloud-init', [cloudInit.status, ...cloudInit.details].join('\n')] as const]),
      ['Last run', run],
      ['Engine', `${engine.state}, ${engine.detail}${engine.since === null ? '' : ` since ${engine.since}`}`],
      ['Options', engine.arguments.length === 0 ? 'none' : engine.arguments.join('\n')],
    ]),
    ...block("cloud-init's output", cloudInit === null ? null : cloudInit.output.join('\n')),
    ...block('Log of the last run', log.join('\n')),
  ];
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, text]) => {
    const [first = '', ...others] = linesOf(text);
    return [`  ${label.padEnd(width)}${first}`.trimEnd(), ...others.map((line) => `  ${' '.repeat(width)}${line}`)];
  });
  return ['', title, ...lines];
}

function block(title: string, text: string | null): string[] {
  if (text === null || text.trim() === '') return [];
  return ['', title, ...linesOf(text).map((line) => `  ${line}`.trimEnd())];
}

/** What a host wrote must not steer the terminal. */
function linesOf(text: string): string[] {
  return text.trimEnd().split(/\r?\n/).map(printable);
}
