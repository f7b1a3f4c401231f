import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/**
 * The port of all simulated guests' SSH servers: 22 if this process may listen there, else a free high one. It is kept in
 * `file`, because clients remember it.
 */
export async function chooseSshPort(file: string, address: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  const port = kept > 0 ? kept : ((await tryPort(address, 22)) ?? (await tryPort(address, 0)));
  if (port === undefined) throw new Error(`simulated guests cannot listen on ${address}`);
  await writeFile(file, `${port}\n`, { mode: 0o600 });
  return port;
}

async function tryPort(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
