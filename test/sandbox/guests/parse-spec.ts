import type { GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';

/** Reads a specification that a test handed to another process as JSON. */
export function parseSpec(text: string): GuestSpec {
  return JSON.parse(text) as GuestSpec;
}
