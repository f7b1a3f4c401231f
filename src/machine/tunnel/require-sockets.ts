import { UnsupportedError } from '../../errors/unsupported-error.ts';

/**
 * Docker on Windows takes named pipes and no sockets, and a pipe that only its owner may open cannot be made from Node.
 * @throws UnsupportedError on Windows
 */
export function requireSockets(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'win32') return;
  throw new UnsupportedError('Tunnels need Unix sockets, which the docker command of Windows cannot use.', {
    resource: '--tunnel',
    details: ['In WSL they work: there azdock and docker are programs of Linux.'],
  });
}
