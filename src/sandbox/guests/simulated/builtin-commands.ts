export interface BuiltinAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BuiltinFacts {
  readonly hostName: string;
  readonly osRelease: string;
}

/**
 * All that a simulated guest can do when asked over SSH. Everything else is refused by name, with the exit code of a shell
 * that does not find a command.
 */
export function runBuiltin(command: string, facts: BuiltinFacts): BuiltinAnswer {
  const answers: Readonly<Record<string, string>> = {
    '': '',
    ':': '',
    true: '',
    exit: '',
    'exit 0': '',
    hostname: `${facts.hostName}\n`,
    uname: 'Linux\n',
    'uname -s': 'Linux\n',
    'cat /etc/os-release': facts.osRelease,
    'cat /etc/hostname': `${facts.hostName}\n`,
  };
  const stdout = answers[command.trim()];
  if (stdout !== undefined) return { exitCode: 0, stdout, stderr: '' };
  return { exitCode: 127, stdout: '', stderr: `simulated guest: cannot run ${command.trim().slice(0, 200)}\n` };
}
