import type { PackageManagerName } from './package-managers.ts';

/** Where a distribution's Docker comes from, when the user names no installation script of their own. */
export type DockerSource =
  /** Docker's installation script knows the distribution (docker/docker-install:install.sh). */
  | { readonly from: 'script' }
  /** The distribution's own packages. */
  | { readonly from: 'packages'; readonly packages: readonly string[] }
  /** Docker's packages, from a repository that a file for yum and dnf describes. */
  | { readonly from: 'repository'; readonly file: string; readonly packages: readonly string[] }
  /** It is part of the system and cannot be added. */
  | { readonly from: 'system' };

/** What azdock knows of a Linux distribution. */
export interface Distribution {
  /** For the user. */
  readonly name: string;
  /** Values of `ID` in os-release(5). */
  readonly ids: readonly string[];
  /** Words of `ID_LIKE` by which distributions that are not listed are taken for this one. */
  readonly like: readonly string[];
  /** Those that it may have; the first one that is there is used. */
  readonly packageManagers: readonly PackageManagerName[];
  readonly docker: DockerSource;
}
