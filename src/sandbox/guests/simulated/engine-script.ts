import type { DockerCertificates } from '../extensions/docker-extension-settings.ts';

export interface ScriptedEngine {
  /** Undefined: it listens on its socket only. */
  readonly port: number | undefined;
  readonly certificates: DockerCertificates;
}

/**
 * What a provisioning script of azdock says about the engine, in its documented form (docs/sandbox.md, "Simulated guests"):
 * a line `# azdock-engine: {"port":2376}`, `null` for an engine without a port, and here-documents between `AZDOCK_PEM` lines for
 * `/etc/docker/ca.pem`, `cert.pem` and `key.pem`. Undefined when the script is another.
 */
export function parseEngineScript(script: string): ScriptedEngine | undefined {
  const header = /^# azdock-engine: (\{.*\})$/m.exec(script)?.[1];
  if (header === undefined) return undefined;
  const port = parsePort(header);
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => hereDocument(script, name));
  if (port === undefined || ca === undefined || cert === undefined || key === undefined) return undefined;
  return { port: port ?? undefined, certificates: { ca, cert, key } };
}

function parsePort(header: string): number | null | undefined {
  try {
    const { port } = JSON.parse(header) as { port?: unknown };
    if (port === null) return null;
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

function hereDocument(script: string, name: string): Buffer | undefined {
  const pattern = new RegExp(
    `/etc/docker/${name}\\.pem\\b[^\\n]*<<'?(AZDOCK_PEM_*)'?[^\\n]*\\n([\\s\\S]*?)\\n\\1$`,
    'm',
  );
  const body = pattern.exec(script)?.[2];
  return body === undefined ? undefined : Buffer.from(`${body}\n`);
}
