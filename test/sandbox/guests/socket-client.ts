import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ClientChannel } from 'ssh2';
import { type Login, openSsh } from './clients.ts';

/** Asks an engine at a Unix socket of its host, through SSH. @throws Error when the host does not connect to it */
export async function askSocketOverSsh(login: Login, socket: string, path: string): Promise<string> {
  // Not every server that connects to sockets is OpenSSH.
  const any: Login & { readonly strictVendor: false } = { ...login, strictVendor: false };
  using connection = await openSsh(any);
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
  connection.client.openssh_forwardOutStreamLocal(socket, (error, channel) =>
    error ? reject(error) : resolve(channel),
  );
  const channel = await promise;
  const answer = Promise.withResolvers<string>();
  const asked = request({ createConnection: () => channel, host: 'engine', path, headers: { Connection: 'close' } });
  asked.on('error', answer.reject);
  asked.on('response', (response) => text(response).then(answer.resolve, answer.reject));
  asked.end();
  // Awaited here: the connection is closed on the way out.
  return await answer.promise;
}
