import type { Distribution } from './distribution.ts';

/** Docker's packages, as its installation script puts them together. */
const DOCKER_PACKAGES = [
  'docker-ce',
  'docker-ce-cli',
  'containerd.io',
  'docker-buildx-plugin',
  'docker-compose-plugin',
];

const ubuntu: Distribution = {
  name: 'Ubuntu',
  ids: ['ubuntu'],
  like: ['ubuntu'],
  packageManagers: ['apt-get'],
  docker: { from: 'script' },
};

const debian: Distribution = {
  name: 'Debian',
  ids: ['debian', 'raspbian'],
  like: ['debian'],
  packageManagers: ['apt-get'],
  docker: { from: 'script' },
};

const redHat: Distribution = {
  name: 'Red Hat Enterprise Linux, CentOS and Fedora',
  ids: ['rhel', 'centos', 'fedora'],
  like: [],
  packageManagers: ['dnf', 'yum'],
  docker: { from: 'script' },
};

/** Built from Red Hat's sources: CentOS's packages fit, but Docker's script refuses their names. */
const redHatRebuilds: Distribution = {
  name: 'Rocky Linux, AlmaLinux and Oracle Linux',
  ids: ['rocky', 'almalinux', 'ol'],
  like: ['rhel', 'centos'],
  packageManagers: ['dnf', 'yum'],
  docker: {
    from: 'repository',
    file: 'https://download.docker.com/linux/centos/docker-ce.repo',
    packages: DOCKER_PACKAGES,
  },
};

const amazonLinux: Distribution = {
  name: 'Amazon Linux',
  ids: ['amzn'],
  like: [],
  packageManagers: ['dnf', 'yum'],
  docker: { from: 'packages', packages: ['docker'] },
};

const azureLinux: Distribution = {
  name: 'Azure Linux',
  ids: ['azurelinux', 'mariner'],
  like: [],
  packageManagers: ['tdnf', 'dnf'],
  docker: { from: 'packages', packages: ['moby-engine', 'moby-cli'] },
};

const suse: Distribution = {
  name: 'SUSE Linux Enterprise and openSUSE',
  ids: ['sles', 'sled', 'opensuse-leap', 'opensuse-tumbleweed'],
  like: ['suse', 'opensuse'],
  packageManagers: ['zypper'],
  docker: { from: 'packages', packages: ['docker'] },
};

const flatcar: Distribution = {
  name: 'Flatcar Container Linux',
  ids: ['flatcar'],
  like: [],
  packageManagers: [],
  docker: { from: 'system' },
};

/** Every distribution on which azdock can install Docker, or finds it. */
export const DISTRIBUTIONS: readonly Distribution[] = [
  ubuntu,
  debian,
  redHat,
  redHatRebuilds,
  amazonLinux,
  azureLinux,
  suse,
  flatcar,
];

/** All of them, for a sentence: "Ubuntu, Debian, …". */
export const DISTRIBUTION_NAMES = DISTRIBUTIONS.map(({ name }) => name).join(', ');
