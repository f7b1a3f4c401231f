import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestContext } from 'node:test';
import ssh2 from 'ssh2';
import { generateSshKeyPair } from '../../../src/ssh/keys.ts';
import { newKeyPair } from '../../ssh/key-pair.ts';
import { publicKeyOf } from '../../ssh/socket-host.ts';

/** An SSH server that lets `docker-user` in and answers commands by a function. */
export interface ExecHost {
  readonly port: number;
  /** Of the user, PEM. */
  readonly privateKey: string;
  /** Its public key, `TYPE BASE64`. */
  readonly hostKey: string;
}

/** @param answer what a command line writes; undefined ends it with 127 */
export async function startExecHost(
  test: TestContext,
  answer: (command: string, input: string) => string | undefined,
): Promise<ExecHost> {
  const { privateKey, publicKey } = await generateSshKeyPair();
  const allowed = ssh2.utils.parseKey(publicKey);
  if (allowed instanceof Error) throw allowed;
  const key = newKeyPair().private;
  const ssh = new ssh2.Server({ hostKeys: [key] }, (client) => {
    client.on('error', () => {});
    client.on('authentication', (context) => {
      const isKnown = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
      if (isKnown) context.accept();
      else context.reject(['publickey']);
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        let input = '';
        channel.on('data', (chunk: Buffer) => {
          input += chunk.toString();
        });
        channel.on('end', () => {
          const said = answer(command, input);
          channel.write(said ?? '');
          channel.exit(said === undefined ? 127 : 0);
          channel.end();
        });
      });
    });
  });
  const server = createServer((socket) => ssh.injectSocket(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { port: address.port, privateKey: privateKey.reveal(), hostKey: publicKeyOf(key) };
}
