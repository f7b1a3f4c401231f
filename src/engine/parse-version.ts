import type { EngineVersion } from './client.ts';
import { ConnectionEnd } from './connection-failure.ts';

/** Such as `28.2.2`, `20.10.24+dfsg1`, `dev`: one word, which programs may take out of azdock's output. */
const VERSION = /^[\w.+~:-]{1,100}$/;

/** Reads the answer to `GET /version` (Docker Engine API, "Get version"). @throws ConnectionEnd when it names no version */
export function parseVersion(body: string): EngineVersion {
  let found: unknown;
  try {
    found = JSON.parse(body);
  } catch {
    // Says the same as an answer without a version.
  }
  return parseVersionAnswer(found);
}

/** The same of an answer that is JSON already. @throws ConnectionEnd */
export function parseVersionAnswer(found: unknown): EngineVersion {
  const { Version: version, ApiVersion, Os, Arch } = Object(found) as Record<string, unknown>;
  const word = (value: unknown) => (typeof value === 'string' ? value : '');
  if (typeof version === 'string' && VERSION.test(version))
    return { version, apiVersion: word(ApiVersion), operatingSystem: word(Os), architecture: word(Arch) };
  throw new ConnectionEnd('not-docker', 'the answer names no version');
}
