import { spawnSync } from 'node:child_process';
import type { UserTerminal } from '../machine/native-ssh.ts';

/** The process's own terminal and streams, for a program elsewhere. */
export function userTerminal(environment: Readonly<Record<string, string | undefined>>): UserTerminal {
  const { stdin, stdout, stderr } = process;
  return {
    stdin,
    stdout,
    stderr,
    isTerminal: stdin.isTTY === true,
    term: environment['TERM'] || 'xterm',
    // What a terminal is taken for that does not tell (docker/machine:libmachine/ssh/client.go).
    rows: stdout.rows || 24,
    columns: stdout.columns || 80,
    onResize(resized) {
      const tell = () => resized(stdout.rows, stdout.columns);
      stdout.on('resize', tell);
      return () => stdout.off('resize', tell);
    },
    raw() {
      stdin.setRawMode(true);
      keepLineFeeds();
      return () => stdin.setRawMode(false);
    },
  };
}

/**
 * Lets a line feed be a line feed. Node leaves the terminal making a new line of each, which full-screen programs do not expect
 * (libuv: UV_TTY_MODE_RAW); what `setRawMode(false)` restores includes this.
 */
function keepLineFeeds(): void {
  if (process.platform !== 'win32') spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
}
