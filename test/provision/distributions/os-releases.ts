/** os-release files as distributions ship them, shortened, and what azdock makes of each. */
export interface Sample {
  readonly title: string;
  readonly text: string;
  /** Beginning of the description's name; undefined for a distribution that is not known. */
  readonly known: string | undefined;
  /** The package manager that installs, with its words. Undefined where Docker's script does all. */
  readonly install?: string;
}

const DOCKER_CE = 'docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin';

export const SAMPLES: readonly Sample[] = [
  {
    title: 'Ubuntu',
    text: 'PRETTY_NAME="Ubuntu 24.04.1 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\nPRIVACY_POLICY_URL="https://www.ubuntu.com/legal?a=b"\n',
    known: 'Ubuntu',
  },
  { title: 'Debian', text: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', known: 'Debian' },
  {
    title: 'Linux Mint, which is like Ubuntu',
    text: 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n',
    known: 'Ubuntu',
  },
  { title: 'RHEL', text: 'NAME="Red Hat Enterprise Linux"\nID="rhel"\nID_LIKE="fedora"\n', known: 'Red Hat' },
  { title: 'CentOS Stream', text: 'NAME="CentOS Stream"\nID="centos"\nID_LIKE="rhel fedora"\n', known: 'Red Hat' },
  { title: 'Fedora', text: 'NAME="Fedora Linux"\nID=fedora\n', known: 'Red Hat' },
  {
    title: 'Rocky Linux',
    text: 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n',
    known: 'Rocky',
    install: `dnf install -y ${DOCKER_CE}`,
  },
  {
    title: 'AlmaLinux',
    text: 'NAME="AlmaLinux"\nID="almalinux"\nID_LIKE="rhel centos fedora"\n',
    known: 'Rocky',
    install: `dnf install -y ${DOCKER_CE}`,
  },
  {
    title: 'Oracle Linux',
    text: 'NAME="Oracle Linux Server"\nID="ol"\nID_LIKE="fedora"\n',
    known: 'Rocky',
    install: `dnf install -y ${DOCKER_CE}`,
  },
  {
    title: 'a rebuild of RHEL that nobody listed',
    text: "ID='circle'\nID_LIKE='rhel centos fedora'\n",
    known: 'Rocky',
    install: `dnf install -y ${DOCKER_CE}`,
  },
  {
    title: 'Amazon Linux',
    text: 'NAME="Amazon Linux"\nID="amzn"\nID_LIKE="fedora"\n',
    known: 'Amazon',
    install: 'dnf install -y docker',
  },
  {
    title: 'Azure Linux',
    text: 'NAME="Microsoft Azure Linux"\nID=azurelinux\n',
    known: 'Azure',
    install: 'tdnf install -y moby-engine moby-cli',
  },
  {
    title: 'SUSE Linux Enterprise',
    text: 'NAME="SLES"\nID="sles"\nID_LIKE="suse"\n',
    known: 'SUSE',
    install: 'zypper --non-interactive install docker',
  },
  {
    title: 'openSUSE Leap',
    text: 'NAME="openSUSE Leap"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
    known: 'SUSE',
    install: 'zypper --non-interactive install docker',
  },
  {
    title: 'Flatcar',
    text: 'NAME="Flatcar Container Linux by Kinvolk"\nID=flatcar\nID_LIKE=coreos\n',
    known: 'Flatcar',
  },
  { title: 'Alpine', text: 'NAME="Alpine Linux"\nID=alpine\nPRETTY_NAME="Alpine Linux v3.20"\n', known: undefined },
  { title: 'Arch', text: 'NAME="Arch Linux"\nPRETTY_NAME="Arch Linux"\nID=arch\n', known: undefined },
  {
    title: 'odd lines around the ID',
    text: "\uFEFFnot a line\n# ID=debian\n  ID='azurelinux'  \r\nX=\"unclosed\n`touch /owned`\n$(touch /owned)\nID_LIKE=\n=\n",
    known: 'Azure',
    install: 'tdnf install -y moby-engine moby-cli',
  },
];
