import { gzipSync } from 'node:zlib';
import { UsageError } from '../errors/usage-error.ts';
import { Secret } from '../secret/secret.ts';
import type { ExtensionRequest } from './extension-request.ts';

export const CUSTOM_SCRIPT = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', version: '2.1' } as const;

/** Characters of the encoded script that the handler takes (Azure/custom-script-extension-linux: main/handlersettings.go). */
const MAX_ENCODED = 262_144;

/**
 * The request that runs `script` by CustomScript 2.1. The script holds secrets, so it goes into the protected settings, compressed
 * because the handler limits its size.
 *
 * @param timestamp any 32-bit integer; another one than last time makes the agent run an unchanged script again
 * @throws UsageError when the script is too big
 */
export function customScript(script: Secret, timestamp: number): ExtensionRequest {
  const encoded = gzipSync(script.reveal(), { level: 9 }).toString('base64');
  if (encoded.length > MAX_ENCODED) {
    throw new UsageError(
      `The compose file and engine settings make a script of ${encoded.length} characters; CustomScript takes ${MAX_ENCODED}.`,
    );
  }
  return {
    ...CUSTOM_SCRIPT,
    name: CUSTOM_SCRIPT.type,
    settings: { skipDos2Unix: true, timestamp: timestamp | 0 },
    protectedSettings: new Secret({ script: encoded }),
  };
}
