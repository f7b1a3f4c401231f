import { UsageError } from '../../errors/usage-error.ts';
import { type BootContents, customData, userDataPart } from '../../provision/custom-data.ts';
import { CUSTOM_SCRIPT } from '../../provision/custom-script.ts';
import { dockerExtension } from '../../provision/docker-extension.ts';
import type { ExtensionRequest } from '../../provision/extension-request.ts';
import type { DataDiskPlace } from '../../provision/script/data-disks.ts';
import { engineScript } from '../../provision/script/engine-script.ts';
import { Secret } from '../../secret/secret.ts';
import type { ChosenProvisioner } from '../choose-provisioner.ts';
import { handlerCloud } from '../deliver.ts';
import { call, type Expression, parameter, variable } from './expression.ts';
import type { FillIn, OpenProvisioning } from './fill-ins.ts';
import { type Marks, replaceAll } from './marks.ts';
import type { TemplateVariable } from './template.ts';

/** How the engine gets onto the machines of a template. */
export interface EngineDelivery {
  /** Carried at boot, with marks in it. */
  readonly customData: Buffer | undefined;
  readonly extension: ExtensionRequest | undefined;
  readonly variables: readonly TemplateVariable[];
  /** How the parameter `customData` is to be given: as base64, or as a part of a MIME archive. */
  readonly userData: 'base64' | 'part' | undefined;
}

export interface DeliveryRequest {
  readonly chosen: ChosenProvisioner;
  readonly open: OpenProvisioning;
  /** The user's custom data. */
  readonly userData: Buffer | undefined;
  readonly disks: readonly DataDiskPlace[];
  /** `cloud/region`. */
  readonly region: string;
  readonly marks: Marks;
}

const SCRIPT = '{{azdock:engineScript}}';
const USER_DATA = '{{azdock:customData}}';
const BOOT_DATA = '{{azdock:bootData}}';

/** Characters that CustomScript takes of an encoded script (Azure/custom-script-extension-linux: main/handlersettings.go). */
const MAX_SCRIPT = 262_144;
/** Bytes that a machine can carry at boot (REST, Virtual Machines - Create Or Update, `osProfile.customData`). */
const MAX_CUSTOM_DATA = 65_535;

/**
 * The same extension or custom data as a creation's, with marks for what only the deployment knows. Nothing is compressed, since templates
 * cannot do that.
 *
 * @throws UsageError when it is longer than Azure takes, or a template cannot do it
 */
export async function engineDelivery(request: DeliveryRequest): Promise<EngineDelivery> {
  const { chosen, open, region, marks } = request;
  const { provisioning, fillIns } = open;
  for (const { mark, expression } of fillIns) marks.set(mark, expression);
  switch (chosen.name) {
    case 'docker-extension': {
      const extension = dockerExtension(provisioning, { version: chosen.version, ...handlerCloud(region) });
      return { extension, ...bootData(request, undefined) };
    }
    case 'custom-script': {
      const script = (await engineScript(provisioning, 'custom-script')).reveal();
      if (encodedLength(lengthOf(script, fillIns)) > MAX_SCRIPT) throw tooLong('CustomScript', MAX_SCRIPT);
      marks.set(SCRIPT, call('base64', filled('engineScript', script, fillIns)));
      const boot = bootData(request, undefined);
      return {
        ...boot,
        extension: {
          ...CUSTOM_SCRIPT,
          name: CUSTOM_SCRIPT.type,
          settings: { skipDos2Unix: true },
          protectedSettings: new Secret({ script: SCRIPT }),
        },
        variables: [{ name: 'engineScript', text: script }, ...boot.variables],
      };
    }
    case 'cloud-init': {
      const script = (await engineScript(provisioning, 'cloud-init')).reveal();
      return { extension: undefined, ...bootData(request, script) };
    }
    case 'ssh':
      throw overSsh();
  }
}

/** What no template can do. */
export function overSsh(): UsageError {
  return new UsageError(
    'A template cannot bring Docker over SSH: that is done from this computer, once there is a machine.',
    {
      resource: '--azure-provisioner',
      nextSteps: [
        { label: 'The same script, run by Azure', command: 'azdock template --azure-provisioner custom-script …' },
        { label: 'At the first boot', command: 'azdock template --azure-provisioner cloud-init …' },
      ],
    },
  );
}

type BootData = Omit<EngineDelivery, 'extension'>;

/** Everything that the machine carries at boot: the user's custom data, data disks, the engine's script. */
function bootData(request: DeliveryRequest, script: string | undefined): BootData {
  if (script !== undefined) return withScript(request, script);
  const { userData, disks, marks } = request;
  if (disks.length > 0) {
    const text = archive({ script: undefined, userData: userData && USER_DATA, disks });
    const contents = replaceAll(variable('bootData'), userPart(userData));
    return { ...carried(marks, contents), variables: [{ name: 'bootData', text }], userData: userData && 'part' };
  }
  if (userData === undefined) return { customData: undefined, variables: [], userData: undefined };
  // The user's own goes as it is; it need not be a text.
  marks.set(Buffer.from(USER_DATA).toString('base64'), parameter('customData'));
  return { customData: Buffer.from(USER_DATA), variables: [], userData: 'base64' };
}

function withScript({ userData, disks, marks, open }: DeliveryRequest, script: string): BootData {
  const variables = [{ name: 'engineScript', text: script }];
  const scriptText = filled('engineScript', script, open.fillIns);
  const length = lengthOf(script, open.fillIns);
  if (userData === undefined && disks.length === 0) {
    if (length > MAX_CUSTOM_DATA) throw tooLong('A machine at its boot', MAX_CUSTOM_DATA);
    return { ...carried(marks, scriptText), variables, userData: undefined };
  }
  const text = archive({ script: new Secret(SCRIPT), userData: userData && USER_DATA, disks });
  const ownLength = userData === undefined ? 0 : userDataPart(userData).length;
  if (text.length + encodedLength(length) + ownLength > MAX_CUSTOM_DATA)
    throw tooLong('A machine at its boot', MAX_CUSTOM_DATA);
  const contents = replaceAll(variable('bootData'), [
    { word: SCRIPT, by: call('base64', scriptText) },
    ...userPart(userData),
  ]);
  return {
    ...carried(marks, contents),
    variables: [...variables, { name: 'bootData', text }],
    userData: userData && 'part',
  };
}

/** @param contents the text that the machine carries */
function carried(marks: Marks, contents: Expression): { readonly customData: Buffer } {
  return { customData: Buffer.from(marks.set(BOOT_DATA, contents)) };
}

function userPart(userData: Buffer | undefined): { readonly word: string; readonly by: Expression }[] {
  return userData === undefined ? [] : [{ word: USER_DATA, by: parameter('customData') }];
}

/** In an archive the script is a part, encoded by itself. */
function archive(contents: BootContents): string {
  const text = customData(contents)?.toString('utf8') ?? '';
  return text.replace(Buffer.from(SCRIPT).toString('base64'), SCRIPT);
}

function filled(name: string, source: string, fillIns: readonly FillIn[]): Expression {
  const used = fillIns.filter(({ mark }) => source.includes(mark));
  return replaceAll(
    variable(name),
    used.map(({ mark, inScript }) => ({ word: mark, by: inScript })),
  );
}

/** About how long a text will be once it is filled in. */
function lengthOf(source: string, fillIns: readonly FillIn[]): number {
  return fillIns.reduce((sum, { mark, length }) => sum + (source.split(mark).length - 1) * length, source.length);
}

const encodedLength = (length: number): number => Math.ceil(length / 3) * 4;

function tooLong(taker: string, limit: number): UsageError {
  return new UsageError(
    `The compose file and engine settings are too long for a template, which cannot compress them: ${taker} takes ${limit} characters.`,
    {
      resource: '--compose',
      nextSteps: [{ label: 'A machine from here', command: 'azdock create --compose FILE …' }],
    },
  );
}
