import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { standInEngine } from './engine-answers.ts';

/** Serves a client that has got through to a guest's engine, whichever way it came. */
export type ServeEngine = (client: Duplex) => void;

/** @param localEngineSocket of a Docker engine on this computer, to forward to; without one a stand-in answers */
export function engineOf(hostName: string, localEngineSocket: string | undefined): ServeEngine {
  const standIn = standInEngine(hostName);
  return (client) => {
    client.on('error', () => client.destroy());
    void forward(client, localEngineSocket).then((isForwarded) => {
      if (!isForwarded) standIn.emit('connection', client);
    });
  };
}

/** Byte by byte, so that attach, exec and streams work as with the engine itself. False when there is no engine. */
async function forward(client: Duplex, socketPath: string | undefined): Promise<boolean> {
  if (socketPath === undefined) return false;
  const engine = connect(socketPath);
  try {
    await once(engine, 'connect');
  } catch {
    return false;
  }
  engine.on('error', () => client.destroy());
  engine.on('close', () => client.destroy());
  client.on('close', () => engine.destroy());
  client.pipe(engine).pipe(client);
  return true;
}
