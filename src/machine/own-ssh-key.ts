import { generateSshKeyPair } from '../ssh/keys.ts';
import { storeFiles } from '../store/files.ts';
import type { MachinePaths } from '../store/layout.ts';
import { keptSshKey } from './resume/kept-parts.ts';

/** The public half of a machine's own SSH key, made where an earlier run has left none: one `authorized_keys` line. @throws StoreError */
export async function ensureSshKey(paths: MachinePaths): Promise<string> {
  const kept = await keptSshKey(paths);
  if (kept !== undefined) return kept;
  const { privateKey, publicKey } = await generateSshKeyPair();
  await storeFiles.writeSecret(paths.sshKey, privateKey);
  await storeFiles.write(paths.sshPublicKey, publicKey);
  return publicKey;
}
