import type { EngineVersion } from './client.ts';
import { ConnectionEnd } from './connection-failure.ts';

/** Reads the answer to `GET /version` (Docker Engine API, "Get version"). @throws ConnectionEnd when it names no version */
export function parseVersion(body: string): EngineVersion {
  try {
    const found = JSON.parse(body) as Record<string, unknown>;
    const { Version: version, ApiVersion, Os, Arch } = found;
    const word = (value: unknown) => (typeof value === 'string' ? value : '');
    if (typeof version === 'string' && version !== '')
      return { version, apiVersion: word(ApiVersion), operatingSystem: word(Os), architecture: word(Arch) };
  } catch {
    // Says the same as an answer without a version.
  }
  throw new ConnectionEnd('not-docker', 'the answer names no version');
}
