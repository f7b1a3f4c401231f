import ssh2 from 'ssh2';
import type { CommandOutcome } from '../guest-host.ts';
import type { GuestState } from './guest-state.ts';

/** What a script changed in a guest, and what it would have said. */
export interface PlayedScript {
  readonly outcome: CommandOutcome;
  readonly state: GuestState;
}

/**
 * Plays a script by which azdock gets access to a host, in its documented form (docs/sandbox.md, "Simulated guests"): a line
 * `# azdock-access: {"user":"azureuser"}` (with `"forget":true` to take a key away), here-documents between lines `AZDOCK_KEY` with a line of `authorized_keys` that is to be
 * taken, and between lines `AZDOCK_CA` with the certificate of a CA whose clients the engine is to let in, too.
 */
export function playAccessScript(script: string, state: GuestState, adminUsername: string): PlayedScript {
  const { user, forget } = headerOf(script);
  if (user === undefined) return refused(state, 127, 'simulated guests cannot run scripts');
  if (user !== adminUsername) return refused(state, 1, `azdock: failed: there is no user ${user} on this host`);
  const key = hereDocument(script, 'AZDOCK_KEY');
  const ca = hereDocument(script, 'AZDOCK_CA');
  const { engine, keys } = state;
  if (ca !== undefined && engine?.certificates === undefined)
    return refused(state, 1, 'azdock: failed: there is no engine with certificates on this host');
  const next: GuestState = {
    ...state,
    keys: [...keys.filter((other) => other !== key), ...(key === undefined || forget ? [] : [key])],
    engine: ca === undefined ? engine : withCa(engine, ca),
  };
  const lines = [
    `azdock-host-key: ${publicKeyOf(state.hostKey)}`,
    engine === undefined ? 'azdock-docker: absent' : 'azdock-docker: running 0',
    ...(engine?.certificates === undefined ? [] : [`azdock-ca: ${bare(engine.certificates.ca)}`]),
    'azdock-done',
  ];
  return { outcome: { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' }, state: next };
}

function refused(state: GuestState, exitCode: number, stderr: string): PlayedScript {
  return { outcome: { exitCode, stdout: '', stderr: `${stderr}\n` }, state };
}

function withCa(engine: GuestState['engine'], ca: string): GuestState['engine'] {
  const certificates = engine?.certificates;
  if (engine === undefined || certificates === undefined || certificates.ca.includes(ca)) return engine;
  return { ...engine, certificates: { ...certificates, ca: Buffer.concat([certificates.ca, Buffer.from(`${ca}\n`)]) } };
}

function headerOf(script: string): { readonly user?: string; readonly forget: boolean } {
  const header = /^# azdock-access: (\{.*\})$/m.exec(script)?.[1];
  try {
    const { user, forget } = JSON.parse(header ?? '') as { user?: unknown; forget?: unknown };
    return { ...(typeof user === 'string' ? { user } : {}), forget: forget === true };
  } catch {
    return { forget: false };
  }
}

function hereDocument(script: string, delimiter: string): string | undefined {
  return new RegExp(`<<'(${delimiter}_*)'[^\\n]*\\n([\\s\\S]*?)\\n\\1$`, 'm').exec(script)?.[2];
}

function publicKeyOf(hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey);
  if (key instanceof Error) throw key;
  return `${key.type} ${key.getPublicSSH().toString('base64')}`;
}

/** The first certificate's base64, in one line. */
function bare(pem: Buffer): string {
  return /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END/.exec(pem.toString())?.[1]?.replace(/\s/g, '') ?? '';
}
