/** A program that installs packages, and what it wants to hear. */
export interface PackageManager {
  readonly program: string;
  /** Words that bring its lists up to date, where it does not do that by itself. */
  readonly refresh?: readonly string[];
  /** Words before the packages; it must ask nothing. */
  readonly install: readonly string[];
}

/** In the order in which they are looked for on a host that is not known. */
export const PACKAGE_MANAGERS = [
  { program: 'apt-get', refresh: ['update'], install: ['install', '-y'] },
  { program: 'tdnf', install: ['install', '-y'] },
  { program: 'dnf', install: ['install', '-y'] },
  { program: 'yum', install: ['install', '-y'] },
  { program: 'zypper', install: ['--non-interactive', 'install'] },
] as const satisfies readonly PackageManager[];

export type PackageManagerName = (typeof PACKAGE_MANAGERS)[number]['program'];
