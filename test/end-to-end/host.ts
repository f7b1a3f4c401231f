import { type Login, runOverSsh } from '../sandbox/guests/clients.ts';
import type { World } from './azdock.ts';

/** How to log in to a machine's host, as its record says. */
export async function loginOf(world: World, machine: string): Promise<Login> {
  const { Driver: driver } = JSON.parse(await world.file(machine, 'config.json'));
  const privateKey = await world.file(machine, 'id_rsa');
  return { host: driver.IPAddress, port: driver.SSHPort, username: driver.SSHUser, privateKey };
}

/** Runs a command on a machine's host as its admin user, who may `sudo`. @throws Error when it fails */
export async function onHost(world: World, machine: string, command: string): Promise<string> {
  const { code, output } = await runOverSsh(await loginOf(world, machine), command);
  if (code !== 0) throw new Error(`on ${machine}: ${command} ended with ${code}\n${output}`);
  return output;
}

/** As {@link onHost}, as root. */
export function asRoot(world: World, machine: string, script: string): Promise<string> {
  return onHost(world, machine, `sudo sh -c '${script.replaceAll("'", `'\\''`)}'`);
}
