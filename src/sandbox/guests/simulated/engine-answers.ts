import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** The API version of Docker 20.10, old enough for every client that is around. */
const apiVersion = '1.41';

const version = {
  Platform: { Name: 'azdock sandbox, simulated guest' },
  Version: '20.10.0-simulated',
  ApiVersion: apiVersion,
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'amd64',
};

/**
 * The engine of a simulated guest where this computer has none to forward to: answers ping, version and info, always under
 * its own name, and refuses everything else.
 */
export function standInEngine(hostName: string): Server {
  return createServer((request, response) => {
    request.resume();
    response.setHeader('Api-Version', apiVersion);
    response.setHeader('Ostype', 'linux');
    response.setHeader('Server', 'azdock-sandbox (simulated)');
    answer(request, response, hostName);
  });
}

function answer(request: IncomingMessage, response: ServerResponse, hostName: string): void {
  const path = new URL(request.url ?? '/', 'http://engine').pathname.replace(/^\/v\d+\.\d+/, '');
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && path === '/_ping') response.setHeader('Content-Type', 'text/plain').end('OK');
  else if (reads && path === '/version') json(response, 200, version);
  else if (reads && path === '/info') json(response, 200, info(hostName));
  else {
    const message = `simulated guest: this stand-in engine runs no containers and does not know ${request.method} ${path}`;
    json(response, 501, { message });
  }
}

function info(hostName: string): object {
  return {
    ID: 'simulated',
    Name: hostName,
    ServerVersion: version.Version,
    OperatingSystem: version.Platform.Name,
    OSType: 'linux',
    Architecture: 'x86_64',
    Containers: 0,
    ContainersRunning: 0,
    ContainersPaused: 0,
    ContainersStopped: 0,
    Images: 0,
    Driver: 'none',
    Labels: ['azdock.sandbox=simulated'],
    Warnings: ['This is a simulated guest of the azdock sandbox: no containers run here.'],
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json').end(`${JSON.stringify(body)}\n`);
}
