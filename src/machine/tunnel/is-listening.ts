import { once } from 'node:events';
import { connect } from 'node:net';

/** Whether somebody listens at a socket, be he answering or not. A local socket says so at once. */
export async function isListening(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
