import { writeFileAtomic } from '../../store/atomic-write.ts';
import { fateOf, type ProcessIdentity } from '../../store/process-identity.ts';
import { readStoreFileSync } from '../../store/read-file.ts';
import type { TunnelPlace } from './tunnel-place.ts';

/** What the process that keeps a tunnel tells about itself. */
export interface TunnelState extends ProcessIdentity {
  /** Where it listens. */
  readonly socket: string;
  /** ISO 8601. */
  readonly since: string;
}

/** @throws StoreError */
export async function writeTunnelState({ state: file }: TunnelPlace, state: TunnelState): Promise<void> {
  await writeFileAtomic(file, JSON.stringify(state), { mode: 0o600 });
}

/** Undefined when no process keeps the tunnel: none has told, or it is dead. Of one on another computer this cannot be said. */
export function readTunnelState({ state: file }: TunnelPlace): TunnelState | undefined {
  let text: string | undefined;
  try {
    text = readStoreFileSync(file);
  } catch {
    return undefined;
  }
  const state = text === undefined ? undefined : parseState(text);
  return state === undefined || fateOf(state) === 'dead' ? undefined : state;
}

/** The socket of the process that keeps the tunnel, else the one that it will have. */
export function tunnelSocket(place: TunnelPlace): string {
  return readTunnelState(place)?.socket ?? place.socket;
}

/** What is cut short or of another shape tells nothing. */
function parseState(text: string): TunnelState | undefined {
  try {
    const found = JSON.parse(text) as TunnelState;
    const texts = [found.socket, found.since, found.host];
    return Number.isInteger(found.pid) && texts.every((part) => typeof part === 'string') ? found : undefined;
  } catch {
    return undefined;
  }
}
