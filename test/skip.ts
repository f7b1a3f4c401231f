import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** True when a program of that name is on PATH, or among the places where system daemons live. */
export function hasProgram(name: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Options for a test that needs programs or a condition: skipped, by the name of what is missing.
 * With `AZDOCK_TEST_NO_SKIP=1` (CI) it throws instead, so that a missing tool fails the run, but for those named in
 * `AZDOCK_TEST_UNAVAILABLE` (comma-separated), which the computer cannot be given.
 */
export function needs(...wanted: readonly (string | { readonly what: string; readonly met: boolean })[]): {
  skip?: string;
} {
  const missing = wanted
    .filter((want) => (typeof want === 'string' ? !hasProgram(want) : !want.met))
    .map((want) => (typeof want === 'string' ? want : want.what));
  if (missing.length === 0) return {};
  const reason = `needs ${missing.join(', ')}`;
  const unavailable = (process.env['AZDOCK_TEST_UNAVAILABLE'] ?? '').split(',');
  const mustBeThere = missing.some((name) => !unavailable.includes(name));
  if (mustBeThere && process.env['AZDOCK_TEST_NO_SKIP'] === '1')
    throw new Error(`this test ${reason}, and skips are not allowed here`);
  return { skip: reason };
}

/** Condition for {@link needs}: guests of kind `linux` can run here. */
export const linuxGuests = [
  { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 },
  'systemd-nspawn',
  'sshd',
  'dockerd',
  'ip',
  'iptables',
] as const;
