import type { StoredMachine } from '../store/load.ts';
import { enginePort, engineUrl, shownUrl } from './address.ts';
import type { MachineContext } from './machine-context.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';
import { tunnelPlace } from './tunnel/tunnel-place.ts';
import { tunnelSocket } from './tunnel/tunnel-state.ts';

type Place = Pick<MachineContext, 'storePath' | 'environment'>;

/** What DOCKER_HOST becomes for a machine whose host is at `host`: `tcp://HOST:PORT`, or the socket of its tunnel. @throws StoreError */
export function machineUrl(machine: StoredMachine, host: string, place: Place): string {
  const socket = socketOf(machine, place);
  return socket === undefined ? engineUrl(host, enginePort(machine.record)) : `unix://${socket}`;
}

/** The socket of a machine's tunnel on this computer, be it up or not; undefined when the engine has a port. @throws StoreError */
export function socketOf(machine: StoredMachine, place: Place): string | undefined {
  return hasTunnel(machine) ? tunnelSocket(tunnelPlace(machine.record.Name, place)) : undefined;
}

/** As `url` and `ls` show it. @throws StoreError */
export function shownMachineUrl(machine: StoredMachine, host: string | undefined, place: Place): string {
  return hasTunnel(machine) && host !== undefined ? machineUrl(machine, host, place) : shownUrl(machine.record, host);
}
