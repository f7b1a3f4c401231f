/** One thing that users do all the time, and how it may end when others do the same at once. */
export interface Operation {
  readonly verb: string;
  /** How often it is done, beside the others. */
  readonly weight: number;
  /** Undefined for what is about all machines. */
  readonly words: (name: string) => readonly string[];
  /** Codes of errors that are right: the machine may be gone, or there already, or stopped, or somebody is long at work on it. */
  readonly mayFail: readonly string[];
}

const GONE = 'machine-not-found';
/** It is not made to its end, or stopped, or being removed. */
const AWAY = ['not-running', 'engine-unreachable', 'certificate', 'record'];

/** What is done at random. */
export const operations: readonly Operation[] = [
  { verb: 'create', weight: 14, words: (name) => ['create', name], mayFail: ['machine-exists', 'locked'] },
  { verb: 'rm', weight: 10, words: (name) => ['rm', '-y', name], mayFail: [GONE] },
  { verb: 'ls', weight: 16, words: () => ['ls'], mayFail: [] },
  { verb: 'env', weight: 16, words: (name) => ['env', '--shell', 'sh', name], mayFail: [GONE, ...AWAY] },
  { verb: 'ip', weight: 12, words: (name) => ['ip', name], mayFail: [GONE, 'not-running'] },
  { verb: 'inspect', weight: 12, words: (name) => ['inspect', name], mayFail: [GONE] },
  {
    verb: 'regenerate-certs',
    weight: 10,
    words: (name) => ['regenerate-certs', '-f', name],
    mayFail: [GONE, 'not-running', 'azure', 'timeout'],
  },
  { verb: 'stop', weight: 6, words: (name) => ['stop', name], mayFail: [GONE, 'not-running'] },
  { verb: 'start', weight: 6, words: (name) => ['start', name], mayFail: [GONE, 'already-running', 'not-running'] },
];
