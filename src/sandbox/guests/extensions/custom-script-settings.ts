import { gunzipSync } from 'node:zlib';
import type { ExtensionRun } from '../guest-host.ts';
import { parseText, parseTexts } from './settings-values.ts';

/** What CustomScript is to run, after its settings passed the handler's own checks. */
export interface CustomScriptSettings {
  readonly action:
    | { readonly kind: 'command'; readonly command: string }
    | { readonly kind: 'script'; readonly content: Buffer };
  readonly fileUris: readonly string[];
}

/** Of the encoded text: Azure/custom-script-extension-linux 2.1, main/cmds.go, maxScriptSize. */
const maxScriptLength = 262_144;

const publicKeys = ['commandToExecute', 'script', 'fileUris', 'skipDos2Unix', 'timestamp'];
const protectedKeys = [
  'commandToExecute',
  'script',
  'fileUris',
  'storageAccountName',
  'storageAccountKey',
  'managedIdentity',
];

/**
 * @throws Error with what the handler (CustomScript 2.1, main/handlersettings.go and its schema) refuses settings for
 */
export function parseCustomScriptSettings(
  run: Pick<ExtensionRun, 'settings' | 'protectedSettings'>,
): CustomScriptSettings {
  const { settings, protectedSettings } = run;
  refuseUnknown(settings, publicKeys, 'public');
  refuseUnknown(protectedSettings, protectedKeys, 'protected');
  const command = oneOf('commandToExecute', settings, protectedSettings);
  const script = oneOf('script', settings, protectedSettings);
  if (command === '' && script === '') throw invalid("'commandToExecute' or 'script' must be specified");
  if (command !== '' && script !== '')
    throw invalid("'commandToExecute' and 'script' are both specified; only one may be");
  const publicUris = parseTexts(settings['fileUris'], 'fileUris');
  const fileUris = publicUris.length > 0 ? publicUris : parseTexts(protectedSettings['fileUris'], 'fileUris');
  if (command !== '') return { action: { kind: 'command', command }, fileUris };
  const content = decodeScript(script);
  return {
    action: { kind: 'script', content: settings['skipDos2Unix'] === true ? content : dosToUnix(content) },
    fileUris,
  };
}

function oneOf(key: string, open: Record<string, unknown>, secret: Record<string, unknown>): string {
  const inPublic = parseText(open[key], key);
  const inProtected = parseText(secret[key], key);
  if (inPublic !== '' && inProtected !== '')
    throw invalid(`'${key}' was specified both in public and protected settings; it must be specified only once`);
  return inPublic || inProtected;
}

function decodeScript(script: string): Buffer {
  if (script.length > maxScriptLength)
    throw new Error(
      `failed to execute command: The script's length (${script.length}) exceeded the maximum allowed length of ${maxScriptLength}!`,
    );
  // The handler's decoder is strict; Node's would skip what it does not know.
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(script))
    throw new Error('failed to execute command: failed to decode script: illegal base64 data');
  const data = Buffer.from(script, 'base64');
  return data[0] === 0x1f && data[1] === 0x8b ? gunzipSync(data) : data;
}

/** Line ends as Unix has them, and no byte order mark. */
function dosToUnix(content: Buffer): Buffer {
  const text = content.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  return Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
}

function refuseUnknown(settings: Record<string, unknown>, keys: readonly string[], which: string): void {
  for (const key of Object.keys(settings))
    if (!keys.includes(key))
      throw new Error(
        `failed to get configuration: json validation error: invalid ${which} settings JSON: Additional property ${key} is not allowed`,
      );
}

function invalid(reason: string): Error {
  return new Error(`failed to get configuration: invalid configuration: ${reason}`);
}
