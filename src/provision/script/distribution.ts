import { quoteWord } from '../../ssh/command.ts';
import { DISTRIBUTION_NAMES, DISTRIBUTIONS } from '../distributions/catalogue.ts';
import type { Distribution, DockerSource } from '../distributions/distribution.ts';
import { PACKAGE_MANAGERS, type PackageManager } from '../distributions/package-managers.ts';

/** The file is read, not run: an odd line in it must not matter. */
const READ = `os_value() {
  for file in /etc/os-release /usr/lib/os-release; do
    [ -r "$file" ] || continue
    sed -n "s/^[[:space:]]*$1=//p" "$file" | tail -n 1 | sed "s/[[:space:]]*$//; s/^[\\"']//; s/[\\"']$//"
    return 0
  done
}

os_id() {
  os=$(os_value ID)
  echo "\${os:-unknown}"
}

os_name() {
  os=$(os_value PRETTY_NAME)
  if [ -n "$os" ]; then echo "$os"; else os_id; fi
}
`;

/** Which of the host's programs is used. Those of another distribution may be installed too. */
const FIND_MANAGER = `find_package_manager() {
  for manager in $package_managers; do
    if has "$manager"; then return 0; fi
  done
  echo 'no package manager that is known here' >>"$log"
  return 1
}
`;

/**
 * Defines `know_distribution`, which looks up how the host's distribution comes by Docker, and `install_packages`. Both are written from
 * the descriptions of distributions and package managers. Before, and on a host that is not known, any package manager is taken.
 */
export function distributionPart(): string {
  return [
    `package_managers='${PACKAGE_MANAGERS.map(({ program }) => program).join(' ')}'`,
    'docker_from=',
    'docker_packages=',
    'docker_repository=',
    `known_distributions=${quoteWord(DISTRIBUTION_NAMES)}`,
    '',
    READ,
    FIND_MANAGER,
    'know_distribution() {',
    `  for word in "id:$(os_id)" $(os_value ID_LIKE | sed 's/[^ ][^ ]*/like:&/g'); do`,
    '    case "$word" in',
    ...DISTRIBUTIONS.flatMap(distributionCase),
    '      *) continue ;;',
    '    esac',
    '    return 0',
    '  done',
    '}',
    '',
    'install_packages() {',
    '  find_package_manager || return 1',
    '  wait_for_package_manager',
    '  case "$manager" in',
    ...PACKAGE_MANAGERS.flatMap(managerCase),
    '  esac',
    '}',
    '',
  ].join('\n');
}

function distributionCase({ ids, like, packageManagers, docker }: Distribution): string[] {
  const words = [...ids.map((id) => `id:${id}`), ...like.map((id) => `like:${id}`)];
  return [
    `      ${words.join(' | ')})`,
    `        package_managers=${quoteWord(packageManagers.join(' '))}`,
    ...sourceLines(docker).map((line) => `        ${line}`),
    '        ;;',
  ];
}

function sourceLines(docker: DockerSource): string[] {
  const from = `docker_from=${docker.from}`;
  switch (docker.from) {
    case 'script':
    case 'system':
      return [from];
    case 'packages':
      return [from, `docker_packages=${quoteWord(docker.packages.join(' '))}`];
    case 'repository':
      return [
        from,
        `docker_packages=${quoteWord(docker.packages.join(' '))}`,
        `docker_repository=${quoteWord(docker.file)}`,
      ];
  }
}

function managerCase({ program, refresh, install }: PackageManager): string[] {
  return [
    `    ${program})`,
    // Old lists may still do; if not, the installation says so.
    ...(refresh === undefined ? [] : [`      run ${program} ${refresh.join(' ')} || :`]),
    `      run ${program} ${install.join(' ')} "$@"`,
    '      ;;',
  ];
}
