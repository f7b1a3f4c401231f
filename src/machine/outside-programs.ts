/** Another program, which gets the user's terminal, input and output. */
export interface OutsideProgram {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs other programs in our place: only `cli/` may touch the process. */
export interface OutsidePrograms {
  /** @returns its exit code. @throws UnsupportedError when it cannot be started */
  run(program: OutsideProgram): Promise<number>;
}
