import type { Finding } from './finding.ts';

/** One thing that `doctor` looks at. It changes nothing, on this computer or elsewhere. */
export interface Check<Subject> {
  /** Stable, for programs: kebab-case. */
  readonly id: string;
  /** For people: a noun. */
  readonly title: string;
  /** Ids of checks listed before it, without whose success this one has nothing to look at. Those that are left out do not count. */
  readonly needs?: readonly string[] | ((subject: Subject) => readonly string[]);
  /** False leaves it out. @defaultValue it is for every subject */
  readonly applies?: (subject: Subject) => boolean;
  /** What it throws becomes a finding, too: see `failure-finding.ts`. */
  run(subject: Subject, signal: AbortSignal): Promise<Finding>;
}

/** A check with what it found. */
export interface Checked extends Finding {
  readonly id: string;
  readonly title: string;
  /** Milliseconds. */
  readonly elapsedMs: number;
}
