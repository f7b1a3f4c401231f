import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collect, type Result, type RunOptions, type World } from './azdock.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** azdock under the name docker-machine on the PATH of a world, as users and GitLab Runner find it. */
export class DockerMachine {
  readonly #world: World;
  readonly #path: string;

  constructor(world: World) {
    this.#world = world;
    const folder = join(world.directory, 'path');
    mkdirSync(folder);
    symlinkSync(PROGRAM, join(folder, 'docker-machine'));
    symlinkSync(process.execPath, join(folder, 'node'));
    this.#path = `${folder}:/usr/local/bin:/usr/bin:/bin`;
  }

  start(args: readonly string[], options: RunOptions = {}): ChildProcess {
    return spawn('docker-machine', args, {
      env: { ...this.#world.env, PATH: this.#path, ...options.env },
      cwd: this.#world.directory,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return collect(this.start(args, options), options.input);
  }

  /** As GitLab Runner calls it: a global flag with `=` before every verb. */
  byRunner(...args: readonly string[]): Promise<Result> {
    return this.run([RUNNER_FLAG, ...args]);
  }
}

/** What GitLab Runner puts before every verb (gitlab-runner:helpers/docker/machine_command.go). */
export const RUNNER_FLAG = '--bugsnag-api-token=no-report';
