import type { Check } from '../check.ts';
import { advice, ok, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';
import { runProgram } from './run-program.ts';

const WHERE = advice("Install docker's command line: https://docs.docker.com/engine/install/.");
/** Engines of Docker 29 and newer speak no API older than 1.44, which came with 25.0 (docs.docker.com, "Engine version 29 release notes"). */
const LEAST_MAJOR = 25;

/** The docker command, which azdock itself does not need. */
export const dockerCli: Check<ComputerSubject> = {
  id: 'docker',
  title: 'docker command',
  async run({ context: { environment } }, signal) {
    // Asks no engine.
    const found = await runProgram('docker', ['--version'], { environment, signal });
    if (found === undefined)
      return warning('There is no docker command on this computer; azdock works without it.', WHERE);
    const version = /(\d+)\.\d+\.\d+[^\s,]*/.exec(found.output);
    if (version === null) return warning(`${found.file} does not say which version it is.`, WHERE);
    if (Number(version[1]) < LEAST_MAJOR)
      return warning(`docker ${version[0]} is too old for engines of Docker 29 and newer (${found.file}).`, WHERE);
    return ok(`docker ${version[0]} (${found.file}).`);
  },
};
