import type { LatencyProfile } from '../settings.ts';

interface Timing {
  /** Seconds from acceptance to end. */
  readonly seconds: number;
  /** `Retry-After` of the first answer and of the polls, seconds; missing where Azure sends none. */
  readonly first?: number;
  readonly poll?: number;
}

/**
 * Medians of real Azure, counted from the recorded sessions of Azure/azure-libraries-for-net (2017 to 2022).
 * No recording tells how long removal of an extension takes, nor of a network resource, nor a run command, nor anything
 * of images: those are assumptions.
 */
const recorded = {
  'group.delete': { seconds: 186, first: 15, poll: 15 },
  'securityGroup.put': { seconds: 4, first: 3, poll: 10 },
  'network.put': { seconds: 4, first: 3, poll: 10 },
  'address.put': { seconds: 2, first: 1, poll: 2 },
  'interface.create': { seconds: 0, poll: 10 },
  'interface.update': { seconds: 4, poll: 10 },
  'network.delete': { seconds: 4, first: 10, poll: 10 },
  'disk.put': { seconds: 2, first: 2 },
  'disk.delete': { seconds: 1 },
  'image.put': { seconds: 60, first: 10, poll: 30 },
  'image.delete': { seconds: 5, first: 10, poll: 10 },
  'machine.create': { seconds: 82, first: 10, poll: 30 },
  'machine.update': { seconds: 4, first: 10, poll: 30 },
  'machine.delete': { seconds: 51, first: 10, poll: 30 },
  'machine.start': { seconds: 22, first: 10, poll: 9 },
  'machine.powerOff': { seconds: 5 },
  'machine.deallocate': { seconds: 252, first: 10, poll: 36 },
  'machine.restart': { seconds: 14 },
  'machine.runCommand': { seconds: 20, first: 10, poll: 30 },
  'extension.put': { seconds: 74 },
  'extension.delete': { seconds: 20 },
  // What a deployment takes besides its resources.
  'deployment.put': { seconds: 4 },
  'deployment.delete': { seconds: 4, first: 15, poll: 15 },
} as const satisfies Record<string, Timing>;

/** The kinds of long-running operations, named for their latency. */
export type OperationKind = keyof typeof recorded;

const timings: Readonly<Record<OperationKind, Timing>> = recorded;

/** How long an operation of that kind lasts at least, in milliseconds. */
export function latencyMs(kind: OperationKind, latency: LatencyProfile): number {
  return latency.profile === 'none' ? 0 : timings[kind].seconds * 1000 * latency.factor;
}

/**
 * `Retry-After` in whole seconds, or nothing where Azure sends none. Scaled with the profile, at least 1;
 * without latencies 1 on polls and none on first answers.
 */
export function retryAfter(
  kind: OperationKind,
  when: 'first' | 'poll',
  latency: LatencyProfile,
): Readonly<Record<string, string>> {
  if (latency.profile === 'none') return when === 'poll' ? { 'retry-after': '1' } : {};
  const seconds = timings[kind][when];
  return seconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.round(seconds * latency.factor))) };
}
