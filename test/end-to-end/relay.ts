import { once } from 'node:events';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { World } from './azdock.ts';

/**
 * A network between azdock and the sandbox: what was sent stays on its way when the sender dies, as with Azure. Given to
 * azdock as `AZDOCK_SANDBOX_DIR`.
 */
export interface Relay {
  readonly directory: string;
  close(): Promise<void>;
}

export async function openRelay(world: World): Promise<Relay> {
  const discovery = JSON.parse(await readFile(join(world.sandboxDirectory, 'sandbox.json'), 'utf8'));
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const { hostname, port } = new URL(discovery.endpoint);
    const azure = connect({ host: hostname, port: Number(port) });
    for (const socket of [client, azure]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes) => azure.write(bytes));
    // Not the other way round: that the client has gone, Azure does not hear.
    azure.on('data', (bytes) => client.write(bytes)).on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const directory = join(world.directory, 'relay');
  const caFile = join(directory, 'ca.pem');
  await mkdir(directory, { mode: 0o700 });
  await copyFile(discovery.caFile, caFile);
  // The login goes past it: the authority vouches for its own address.
  const relayed = { ...discovery, endpoint, caFile };
  await writeFile(join(directory, 'sandbox.json'), JSON.stringify(relayed), { mode: 0o600 });
  return {
    directory,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      // A copy of the sandbox's secrets, of the test's own making.
      await rm(directory, { recursive: true });
    },
  };
}
