/** What a region publishes as DockerExtension. */
export type DockerExtensionState = 'works' | 'fails' | 'absent';

/** How long operations take. `recorded` is Azure as it was measured, multiplied by `factor`. */
export interface LatencyProfile {
  readonly profile: 'none' | 'recorded';
  readonly factor: number;
}

/** Whether calls beyond Azure's rate limits are refused. Buckets fill `factor` times as fast as Azure's. */
export interface Throttling {
  readonly enabled: boolean;
  readonly factor: number;
}

/** What the control API can change while the sandbox runs. */
export interface Settings {
  latency: LatencyProfile;
  dockerExtension: DockerExtensionState;
  throttling: Throttling;
}

/** Fast, and with a DockerExtension that works. */
export function defaultSettings(): Settings {
  return {
    latency: { profile: 'none', factor: 1 },
    dockerExtension: 'works',
    throttling: { enabled: false, factor: 1 },
  };
}
