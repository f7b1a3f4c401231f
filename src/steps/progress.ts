/** What a running step may tell about itself while it runs. */
export interface StepHandle {
  /** Replaces the title, once more is known ("Network dev-ip 20.103.9.4"). */
  title(text: string): void;
  /** What is going on at this moment ("apt: installing docker-ce"). Shown live, replaced by the next. */
  detail(text: string): void;
}

/**
 * Where a lifecycle tells what it does. The terminal and the script have one implementation each, in `cli/`.
 * Everything goes to stderr; results never pass through here.
 */
export interface Progress {
  /** Runs `work` as a titled step: announces it, times it, and reports success or failure. Rethrows what `work` throws. */
  step<T>(title: string, work: (step: StepHandle) => Promise<T>): Promise<T>;
  /** One line that the user should read, though work goes on. */
  warn(message: string): void;
  /** One line of plain information. */
  info(message: string): void;
}

/** Says nothing. For programs and tests. */
export const silentProgress: Progress = {
  step: (_title, work) => work({ title() {}, detail() {} }),
  warn() {},
  info() {},
};
