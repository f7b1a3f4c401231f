import type { GuestHost } from './guest-host.ts';

export interface OpenGuestHostOptions {
  /** The sandbox's directory. Guests keep what they have in `guests` below it. */
  readonly directory: string;
  /** Takes lines for the sandbox's log. */
  readonly log: (line: string) => void;
  /**
   * Socket of the Docker engine to which simulated guests may forward. `null`: to none.
   * @defaultValue '/var/run/docker.sock'
   */
  readonly localEngineSocket?: string | null;
}

/**
 * Opens what plays VMs on this computer. `auto` takes linux guests where they can run, else simulated ones, and says why.
 * Clears away first what an earlier process of the same directory left when it was killed.
 *
 * @throws Error when linux guests are asked for and cannot run here, naming what is missing; when another running process
 * has the directory's guests
 */
export async function openGuestHost(
  kind: 'linux' | 'simulated' | 'auto',
  options: OpenGuestHostOptions,
): Promise<GuestHost> {
  if (kind !== 'simulated') {
    const { missingForLinuxGuests } = await import('./linux/requirements.ts');
    const missing = await missingForLinuxGuests();
    if (missing.length === 0) {
      const { openLinuxGuestHost } = await import('./linux/linux-guest-host.ts');
      return openLinuxGuestHost(options);
    }
    const reason = `linux guests cannot run here, missing: ${missing.join(', ')}`;
    if (kind === 'linux') throw new Error(reason);
    options.log(reason);
    const { openSimulatedGuestHost } = await import('./simulated/simulated-guest-host.ts');
    return Object.assign(await openSimulatedGuestHost(options), { note: reason });
  }
  const { openSimulatedGuestHost } = await import('./simulated/simulated-guest-host.ts');
  return openSimulatedGuestHost(options);
}
