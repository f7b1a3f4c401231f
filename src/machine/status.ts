import { connect } from 'node:net';
import type { MachineState } from '../drivers/driver.ts';
import { EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { loadMachineSync, loadSidecarSync } from '../store/load.ts';
import { enginePort, recordedAddress } from './address.ts';
import type { MachineContext } from './machine-context.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';
import { tunnelPlace } from './tunnel/tunnel-place.ts';
import { tunnelSocket } from './tunnel/tunnel-state.ts';
import { unfinishedLine } from './unfinished-work.ts';

/** How long the engine's port may take to accept a connection before Azure is asked instead. */
const PROBE_TIMEOUT_MS = 3_000;

/**
 * The machine's state. An engine that accepts a connection needs no further proof, so Azure is asked only about a machine
 * that does not answer.
 * @throws MachineNotFoundError, RecordError, LoginError, ArmError
 */
export async function stateOf(name: string, context: MachineContext): Promise<MachineState> {
  const machine = loadMachineSync(context.storePath, name);
  if (machine.record.DriverName === 'none') return 'Running';
  const host = recordedAddress(machine.record);
  if (hasTunnel(machine)) {
    if (await answersThroughTunnel(name, context)) return 'Running';
  } else if (host !== undefined && (await accepts(host, enginePort(machine.record), context.signal))) return 'Running';
  const { driverOf } = await import('./open-driver.ts');
  const driver = await driverOf(machine, context);
  const { state } = await driver.state(context.signal);
  return state;
}

/** What is to be told beside the state of a machine that is not finished; undefined for one that is, or is being worked on. */
export function noteOn(name: string, { storePath }: MachineContext): string | undefined {
  return unfinishedLine(name, loadSidecarSync(storePath, name), storePath);
}

/** A tunnel that is not up says nothing about the machine. */
async function answersThroughTunnel(machine: string, context: MachineContext): Promise<boolean> {
  const { askSocket } = await import('../engine/ask-socket.ts');
  const socket = tunnelSocket(tunnelPlace(machine, context));
  const { signal } = context;
  return askSocket({ machine, socket, path: '/_ping', timeoutMs: PROBE_TIMEOUT_MS, signal }).then(
    () => true,
    (error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof EngineUnreachableError) return false;
      throw error;
    },
  );
}

function accepts(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal, timeout: PROBE_TIMEOUT_MS });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
