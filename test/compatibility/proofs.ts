/** Where a row of `docs/compatibility.md` is proven: a test file, and the title of a test in it as it stands there. */
export type Proof = readonly [file: string, title: string];

const MADE = 'test/compatibility/made-machine.test.ts';
const PLAIN = 'test/compatibility/without-azure.test.ts';
const LINK = 'test/cli/docker-machine.test.ts';
const HOSTS = 'test/compatibility/existing-hosts.test.ts';
const GENERIC = 'test/end-to-end/generic.test.ts';
const SSH = 'test/end-to-end/ssh.test.ts';
const CLIENT = 'test/end-to-end/ssh-client.test.ts';
const TUNNEL = 'test/end-to-end/tunnel-simulated.test.ts';
const SCP = 'test/end-to-end/scp.test.ts';
const CATALOGUE = 'test/end-to-end/catalogue.test.ts';
const ALLOW = 'test/end-to-end/allow.test.ts';
const RULES = 'test/drivers/azure/security-rules.test.ts';
const PLACES = 'test/drivers/azure/network-options.test.ts';
const JOINED = 'test/drivers/azure/sandbox-network.test.ts';
const VALUES = 'test/drivers/azure/compute-options.test.ts';
const COMPUTE = 'test/drivers/azure/sandbox-compute.test.ts';
const ROLLBACK = 'test/end-to-end/rollback.test.ts';
const SEVERAL = 'test/end-to-end/create-several.test.ts';
const BOOT = 'test/provision/custom-data.test.ts';
const DISK = 'test/end-to-end/data-disk.test.ts';
const LINES = 'lines for ordinary values are docker-machine';

/** The first cell of each row under "Different", and its proofs. */
export const DIFFERENT: Readonly<Record<string, readonly Proof[]>> = {
  'default driver': [[MADE, 'without flags it is an Azure machine with the defaults that are documented']],
  drivers: [
    [PLAIN, 'a driver that azdock does not have is refused before anything is made'],
    ['test/end-to-end/none.test.ts', 'a missing driver is named with those that there are'],
  ],
  'flags of another driver': [
    [
      'test/cli/driver-flags.test.ts',
      'a flag of another driver is refused by name, with the driver that it belongs to',
    ],
    ['test/end-to-end/none.test.ts', 'without a URL, or with flags of another driver, nothing is made'],
  ],
  '`create --driver generic`: checks': [
    [GENERIC, 'is not made when the host lets nobody in with the key, and nothing is left'],
    [GENERIC, 'is not made when its user may not use sudo, in the host’s own words'],
    [GENERIC, 'is not made on a distribution without a way to Docker, which is named with those that have one'],
    [HOSTS, 'a host without systemd is refused before anything is made'],
  ],
  '`generic`: a key that the host refuses': [
    ['test/machine/check-host.test.ts', 'a host that refuses the key is not waited for'],
    [
      'test/machine/check-host.test.ts',
      'a host that does not answer is waited for as long as docker-machine would, and told so once',
    ],
  ],
  '`generic`: host name, `/etc/hosts`, system upgrades': [
    [GENERIC, 'can be made a second time: the host is set up again, and the first one goes on'],
    [HOSTS, 'with Docker any distribution will do, and nothing is renamed, installed or upgraded'],
  ],
  '`generic`: firewalld or ufw': [
    ['test/provision/inspect-host.test.ts', 'tells of a firewall only when it runs and has no rule for the port'],
    [HOSTS, 'a firewall that is closed gives a warning with the command that opens it, and stays closed'],
  ],
  '`generic`: copy of a key called `key.pem`': [
    ['test/drivers/generic/options.test.ts', 'the copy of a key never takes the place of another file of the machine'],
  ],
  '`generic`: key with a passphrase': [
    [
      'test/machine/check-host.test.ts',
      'a key with a passphrase is left to the agent, and without one the way to it is told',
    ],
  ],
  'distributions over SSH': [
    ['test/provision/distributions/find-distribution.test.ts', '{title} is '],
    ['test/provision/distributions/install.test.ts', 'Docker’s own script'],
    ['test/provision/distributions/install.test.ts', 'a system that has Docker built in is never changed'],
    ['test/provision/distributions/install.test.ts', 'a script of the user’s own is run on any distribution'],
    [HOSTS, 'with Docker any distribution will do, and nothing is renamed, installed or upgraded'],
  ],
  '`/etc/os-release`': [
    ['test/provision/distributions/find-distribution.test.ts', 'values are read bare, in single and in double quotes'],
  ],
  '`none`: certificates': [
    [
      'test/end-to-end/none.test.ts',
      'an engine that is there becomes a machine by its URL, with the certificates that belong to it',
    ],
    [PLAIN, 'a machine that is a URL has copies of the certificates of the store'],
  ],
  '`none`: a URL that is not `tcp://HOST:PORT`': [
    [
      'test/end-to-end/none.test.ts',
      'any other text is taken for a URL, as docker-machine does, and is of no use to env',
    ],
  ],
  'machines of classic Azure (docker-machine 0.6 or older)': [
    [
      'test/machine/classic.test.ts',
      'a machine of classic Azure has a short row of its own, and the others are listed as if it were not there',
    ],
    ['test/end-to-end/takeover.test.ts', 'shown, refused with what to do, and can be dropped'],
    ['test/cli/driver-flags.test.ts', 'flags of docker-machine 0.6 for classic Azure are known and refused'],
  ],
  'image, size, disk': [[MADE, 'without flags it is an Azure machine with the defaults that are documented']],
  location: [[MADE, 'without flags it is an Azure machine with the defaults that are documented']],
  'public address': [[MADE, 'the address is Standard and static, also with the flag that asks for it']],
  'availability set': [['test/drivers/azure/options.test.ts', 'without an availability set']],
  'flags of rancher-machine': [
    ['test/cli/create-flags.test.ts', 'a command line of rancher-machine is understood, with what is always so today'],
    [VALUES, 'a zone wins over an availability set, with a warning'],
    ['test/drivers/azure/record.test.ts', 'what rancher-machine has beyond docker-machine is read'],
  ],
  'what image, size, disks and place cannot be together': [
    [COMPUTE, 'what cannot be is refused before anything is made, with a next step'],
    [COMPUTE, 'what only Azure can refuse ends with its code and a next step, and rm leaves nothing'],
    ['test/drivers/azure/meanings.test.ts', 'a policy is named, and an identity that may not be given away as well'],
  ],
  image: [
    [VALUES, 'a short name becomes the URN of its image, for the processors that the size has'],
    [COMPUTE, 'images of all kinds are found, with what Azure knows of them'],
    [COMPUTE, 'an image with a plan is refused until its terms are accepted, and then goes by itself'],
  ],
  'custom data': [
    [BOOT, 'both become an archive that a mail parser takes apart, the user first'],
    [BOOT, 'what cloud-init does not read cannot go along with anything, and goes alone as it is'],
    [BOOT, 'what is too long is compressed, and refused when that does not help'],
  ],
  'data disks': [
    [DISK, 'are where they were after a restart, and after a stop with a start'],
    [DISK, 'without its disk the engine does not start'],
    [DISK, 'are never mounted over what is there, and then there is no machine'],
  ],
  'Spot, ephemeral OS disk': [
    [
      COMPUTE,
      'an ephemeral OS disk lies where the size has room, and its Spot machine is deleted when its place is needed',
    ],
    [
      'test/drivers/azure/power.test.ts',
      'a machine whose system is on its physical host is not deallocated, and nobody is asked',
    ],
  ],
  'storage driver': [[MADE, 'without flags it is an Azure machine with the defaults that are documented']],
  'how Docker is installed': [['test/end-to-end/provisioners.test.ts', 'leave the same engine configuration']],
  'certificates on the host': [
    ['test/provision/engine-script.test.ts', 'it leaves certificates that only root can read'],
  ],
  'label on the engine': [
    ['test/provision/engine-arguments.test.ts', 'new certificates change the options, or DockerExtension would not'],
  ],
  tags: [[MADE, 'everything that the machine owns is tagged, and what machines share is tagged as such']],
  secrets: [
    ['test/drivers/azure/record.test.ts', 'no secret is written'],
    ['test/end-to-end/secrets.test.ts', 'stand in no file but those that are made for them'],
  ],
  'address on record': [[MADE, 'the record holds the address, and azdock.json the rest']],
  'further state': [[MADE, 'the record holds the address, and azdock.json the rest']],
  '`ip`, `url`': [[MADE, 'ip and url ask nobody, also when the machine is stopped']],
  '`status`': [[MADE, 'status says Not Found when the VM is gone']],
  'reading commands': [['test/end-to-end/parallel.test.ts', '25 ip and 25 env at once all answer rightly']],
  '`env` check': [
    ['test/engine/dial.test.ts', 'a client certificate of another CA is refused'],
    ['test/engine/dial.test.ts', 'an engine that is starting is reached, with its HTTP status'],
  ],
  '`env --shell` of an unknown name': [[PLAIN, 'a shell that nobody knows is an error with nothing on stdout']],
  '`env` without `SHELL`': [[PLAIN, 'without SHELL env writes for a shell all the same']],
  '`env` values': [
    ['test/shell/in-real-shells.test.ts', 'takes every hostile value as it is, and runs nothing'],
    ['test/shell/render-environment.test.ts', 'cmd refuses what it cannot quote'],
    ['test/shell/docker-machine-lines.test.ts', LINES],
  ],
  '`create --tunnel`': [
    [TUNNEL, 'opens SSH in its firewall and nothing else, and asks the extension for no port'],
    [TUNNEL, 'config, exec and a docker context use the socket, without TLS'],
    [TUNNEL, 'is reached by the docker command after another machine was, and by its context'],
    [
      'test/end-to-end/tunnel.test.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as its file has it
      'by ${name}: the host listens at SSH only, seen from within and from outside, and docker works through it',
    ],
  ],
  '`env --no-proxy`': [
    ['test/shell/no-proxy.test.ts', 'an address that is only part of another is no member'],
    ['test/shell/no-proxy.test.ts', 'undoing it takes out the address that DOCKER_HOST names, and keeps the rest'],
  ],
  shells: [['test/shell/in-real-shells.test.ts', 'forgets variables, also those that are not set']],
  '`ls` states': [
    [
      'test/drivers/azure/power.test.ts',
      'one list request is made for each subscription, however many machines it has',
    ],
  ],
  '`ls` ERRORS': [[MADE, 'ls tells of certificates that end soon and of creations that did not finish']],
  '`ls --filter label` without `=`': [[PLAIN, 'a label filter without a value is an error']],
  '`create`’s failure': [
    [MADE, 'a creation that fails says what exists, what is billed, and how to clean up'],
    [ROLLBACK, 'is taken back where nobody can be asked, and says what was removed'],
    [ROLLBACK, 'stays with --no-rollback, with AZDOCK_ROLLBACK=0, and for docker-machine’s callers'],
    [ROLLBACK, 'is taken back when the answer is yes, with what exists before the question'],
  ],
  '`create --resume`': [
    [
      'test/end-to-end/resume.test.ts',
      'makes what failed anew, by what was asked for then and what is typed now, and keeps all else',
    ],
    ['test/end-to-end/resume.test.ts', 'begins where there is nothing, and does not go on with a removal'],
  ],
  'Ctrl-C, SIGTERM, SIGHUP': [
    [ROLLBACK, 'stops in order at one Ctrl-C'],
    [ROLLBACK, 'ends at once when it is interrupted again while it is taken back, and nothing is lost'],
    ['test/cli/interrupt.test.ts', 'a terminal that goes away ends the command in order, however often it says so'],
  ],
  '`rm` beside `create` or another `rm`': [
    ['test/end-to-end/store-safety.test.ts', 'whoever waited for an rm is told that the machine is gone'],
    [
      'test/end-to-end/store-safety.test.ts',
      'rm waits for create, and then removes what it made; who only reads does not wait',
    ],
  ],
  '`create` with several names': [
    [SEVERAL, 'five are made at once; one that fails keeps none of the others'],
    [
      'test/cli/create-names.test.ts',
      'called as docker-machine one machine is made, and its words are docker-machine’s',
    ],
  ],
  'no room or quota for a size': [
    [SEVERAL, 'a machine falls back to what can be had, and its record says what it is'],
    [CATALOGUE, 'create names near sizes as well when Azure turns out to be sold out, and the near one can be made'],
  ],
  names: [[PLAIN, 'a name of 64 characters is refused']],
  '`rm`': [
    ['test/end-to-end/parallel.test.ts', '8 removals and a second one of each at once: nothing is left of any'],
    ['test/end-to-end/kill.chaos.ts', 'rm finishes what a killed rm has left'],
  ],
  'the resource group': [
    ['test/end-to-end/kill.chaos.ts', 'a resource group that was there before stays'],
    ['test/end-to-end/runner.test.ts', 'eight removals at once succeed'],
  ],
  '`regenerate-certs`': [['test/end-to-end/regenerate-certs.test.ts', 'lets containers run on']],
  '`regenerate-certs --client-certs`': [
    ['test/end-to-end/regenerate-certs.test.ts', 'leaves machines that were not named working with their old set'],
  ],
  '`regenerate-certs --repair`': [
    [
      'test/end-to-end/repair-certificates.test.ts',
      'the client certificate has expired: --repair makes a new one of the same CA; engines keep theirs',
    ],
  ],
  'symbolic links in the store': [
    [
      'test/end-to-end/store-broken.test.ts',
      'a machine behind one can be read; nothing of it is written or removed but the link',
    ],
  ],
  'pipes, devices and files of 100 MB as records': [
    ['test/end-to-end/store-broken.test.ts', 'is listed, each of them with what is wrong with it'],
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the title as its file has it
  'modes of files': [['test/end-to-end/store-places.test.ts', 'with umask ${umask} everything is private, and works']],
  'a new CA': [['test/certs/bootstrap.test.ts', 'an expired CA is made anew, and the client certificate with it']],
  'client certificates used for checks': [
    ['test/end-to-end/regenerate-certs.test.ts', 'leaves machines that were not named working with their old set'],
  ],
  'parallel first use': [
    ['test/end-to-end/runner.test.ts', 'eight creations at once on a store that is not there yet'],
  ],
  'certificates outside the store (`--tls-*`)': [
    ['test/certs/bootstrap.test.ts', 'certificates that the user brought are used where they are'],
  ],
  'progress, warnings, questions': [
    ['test/end-to-end/runner.test.ts', 'eight creations at once on a store that is not there yet'],
    ['test/end-to-end/consumers.test.ts', 'rm asks on stdout, in docker-machine’s words, and no is no failure'],
    [LINK, 'verbs with a result keep stdout clean of progress'],
    [MADE, 'called as azdock, stdout holds the result of a creation and nothing else'],
  ],
  'exit codes': [
    ['test/end-to-end/exit-codes.test.ts', 'with words and as JSON: '],
    [LINK, 'exit codes are 1, and 3 for a check before creation'],
  ],
  'a wrong flag': [
    ['test/cli/errors.test.ts', 'a wrong command line is one sentence and exit code 2'],
    [LINK, 'a flag that does not exist ends with 1 instead of the original’s 0'],
  ],
  'an unknown command': [
    ['test/cli/argv.test.ts', 'an unknown verb is refused with the nearest one'],
    [LINK, 'an unknown command is refused in the words of docker-machine'],
  ],
  '`-v`': [[LINK, '-v has the shape that programs read']],
  '`--help`': [[LINK, 'help begins with docker-machine’s usage line, and options with three spaces and a dash']],
  numbers: [[LINK, 'numbers are read with base 0, as Go reads them']],
  '`-q` and `--quiet` at once': [
    [LINK, 'two spellings of one flag are refused as Go does, and only under the name docker-machine'],
  ],
  'arguments around flags': [[PLAIN, 'arguments keep their order, wherever flags stand']],
  'more arguments than `ls` and `config` take': [[PLAIN, 'an argument that means nothing is an error']],
  'numbers in variables that are none': [[PLAIN, 'a variable that should be a number and is none is an error']],
  'the `regenerate-certs` question at the end of input': [
    [PLAIN, 'at the end of input the question of regenerate-certs is answered with no'],
  ],
  '`rm` without a name': [[PLAIN, 'rm without a name is an error with nothing on stdout']],
  'who may reach SSH, engine and open ports': [
    [ALLOW, 'a script that does not say who is told how to, and nothing is asked of Azure'],
    [ALLOW, 'called as docker-machine everybody may, as its machines are, and stderr says how to close it'],
    [ALLOW, 'at a terminal it asks, takes no answer that will not do, and shows how to be asked no more'],
    [ALLOW, 'allow shows it, changes all of azdock’s rules, adds, removes, and keeps the record'],
  ],
  "names of the firewall's rules": [
    [RULES, "open to everybody, the firewall's rules have docker-machine's names and priorities"],
    [RULES, 'sources of different kinds have rules of their own, with names and priorities of their own'],
  ],
  '`--azure-vnet` in another group': [
    [PLACES, 'network, subnet and security group can be named by their ids, also in another group'],
    [JOINED, '{title} is refused before anything is made, with what to do'],
  ],
  '`--azure-subnet`': [
    [JOINED, "a machine lives in somebody's subnet and behind somebody's firewall, and leaves both as they were"],
  ],
  '`--azure-nsg` (rancher-machine)': [
    [JOINED, "a machine lives in somebody's subnet and behind somebody's firewall, and leaves both as they were"],
    ['test/drivers/azure/sandbox-access.test.ts', "somebody's own security group is shown and never changed"],
  ],
  '`--azure-accelerated-networking`, `--azure-tags` (rancher-machine)': [
    [PLACES, '{flag} refuses '],
    [JOINED, '{title} is refused before anything is made, with what to do'],
  ],
  '`--azure-no-public-ip` from outside of the network': [
    [
      'test/machine/suspect-way.test.ts',
      'a machine without a public address that does not answer is told to be reached from its network only',
    ],
  ],
  'shared network of docker-machine’s machines': [
    ['test/end-to-end/takeover-azure.test.ts', 'rm finds by name what carries no tag'],
  ],
  '`stop`': [
    ['test/end-to-end/power.test.ts', 'stops by giving the hardware back, and says how to start again'],
    [
      'test/end-to-end/power.test.ts',
      'kills without giving the hardware back when told so, and stop then gives it back',
    ],
  ],
  '`kill`': [
    [
      'test/end-to-end/power.test.ts',
      'kills without giving the hardware back when told so, and stop then gives it back',
    ],
  ],
  '`start`, `restart`': [
    ['test/end-to-end/start-repairs.test.ts', 'another address goes on record, and the certificate covers it'],
    ['test/end-to-end/start-repairs.test.ts', 'an expired certificate is replaced'],
  ],
  '`restart` of a `generic` machine': [
    [
      'test/end-to-end/power.test.ts',
      'reboots a host that somebody else made over SSH, and neither starts nor stops it',
    ],
  ],
  '`provision`': [
    ['test/end-to-end/provision.test.ts', 'puts right what somebody changed on the host, and keeps the certificate'],
    ['test/end-to-end/provision.test.ts', 'completes a machine whose creation was killed'],
  ],
  '`upgrade`': [
    ['test/end-to-end/upgrade.test.ts', 'leaves the engine running when the package sources offer nothing newer'],
    ['test/end-to-end/upgrade.test.ts', 'does not take a source that is silent for one that has nothing new'],
    [
      'test/end-to-end/upgrade.test.ts',
      'brings a newer package to a machine that is stopped, and its engine keeps its arguments',
    ],
  ],
  '`active`': [
    ['test/machine/active.test.ts', 'the active machine is the one whose URL DOCKER_HOST is, and no other is asked'],
    ['test/machine/active.test.ts', 'finding out ends after the time that was given'],
  ],
  '`version NAME`': [
    [
      'test/machine/engine-version.test.ts',
      'an engine that refuses every old version of the API tells its own version',
    ],
  ],
  'a name given twice': [
    [
      'test/machine/act-on-all.test.ts',
      'a name that is given twice counts once, and what all of them failed with is told once',
    ],
  ],
  'completion, `use`, prompt': [
    ['test/shell/completion-in-real-shells.test.ts', 'completes verbs, flags, machines, values and files'],
    ['test/shell/startup-in-real-shells.test.ts', 'points itself at a machine and back, whatever the program'],
  ],
  "`use` without the shell's function": [
    ['test/shell/startup-in-real-shells.test.ts', 'is told what to put into its start-up file'],
  ],
  'a size that cannot be had': [
    [CATALOGUE, 'create refuses a size that cannot be had before anything is made, and names near ones that can'],
    [CATALOGUE, 'create names near sizes as well when Azure turns out to be sold out, and the near one can be made'],
  ],
  '`adopt`': [
    ['test/end-to-end/adopt-simulated.test.ts', 'gives the VM tags, a key, an engine and a record, and nothing else'],
    [
      'test/end-to-end/adopt.test.ts',
      'opens the engine of a host that has one to this store alone, and its containers run on',
    ],
    ['test/end-to-end/adopt.test.ts', 'is let go: the engine and its containers run on, without extension and tags'],
  ],
  '`attach`': [
    ['test/end-to-end/attach-simulated.test.ts', 'makes the record that the machine has elsewhere, and lets both in'],
    ['test/end-to-end/attach-simulated.test.ts', 'forgets the machine by rm, and leaves it to the others'],
    [
      'test/end-to-end/attach.test.ts',
      'lets both in, each with a certificate of their own CA, while containers run on',
    ],
  ],
  '`prune`': [
    ['test/end-to-end/prune.test.ts', 'shows what is left of a machine whose record is lost, and removes it when told'],
    ['test/end-to-end/prune.test.ts', 'leaves machines of other stores alone, unless the subscription is named'],
  ],
  '`locations`, `sizes`, `images`': [
    [CATALOGUE, 'locations are those where machines can be made, with their zones'],
    [
      CATALOGUE,
      'sizes are those that can be made now: what is closed or beyond a quota is shown by --all, with the reason',
    ],
    [CATALOGUE, 'images are found by short name, by publisher, and by a word'],
  ],
  '`exec`, `context`, `alias`, `docker machine`': [
    ['test/end-to-end/exec.test.ts', 'a program finds the machine in its variables, and its words as they were typed'],
    ['test/end-to-end/context.test.ts', 'a docker context follows its machine from creation to removal'],
    [
      'test/end-to-end/plugin.test.ts',
      'alias install sets up both names beside azdock, and alias remove takes them back',
    ],
    ['test/end-to-end/plugin.test.ts', 'docker takes it for a plugin and hands its words over'],
  ],
  'SSH host keys': [
    [SSH, 'refuses a host with another key than the pinned one'],
    [SSH, 'a machine without a pinned key gets the one that answers, and is told so, once'],
    [GENERIC, 'has a private copy of the key, and a record as docker-machine writes it'],
  ],
  '`ssh`: exit code': [
    [SSH, 'runs a command, keeps its outputs apart and ends with its exit code'],
    [SSH, 'a machine that does not run is said to be so, with the way to start it'],
    [SSH, 'called as docker-machine it ends with 1 and tells the exit status'],
  ],
  '`ssh` and the state of the machine': [
    [CLIENT, 'ssh gets the user’s words as they are, and the input, which azdock leaves alone'],
    [SSH, 'a machine that does not run is said to be so, with the way to start it'],
  ],
  '`ssh`: what ssh says': [
    [SSH, 'a machine that does not run is said to be so, with the way to start it'],
    ['test/ssh/openssh-arguments.test.ts', 'whoever gives ssh’s own flags hears what ssh says'],
  ],
  '`--native-ssh`': [
    [SSH, 'has a terminal for the login shell, with the size of the user’s, and none for a command'],
    ['test/ssh/native-words.test.ts', 'flags are read in one word or several, with values attached or behind them'],
    ['test/ssh/attach.test.ts', '-L and -R carry connections to where they say'],
    [SCP, 'where there is neither scp nor ssh, SFTP and the built-in client do it'],
  ],
  'SSH key in a moved store': [
    [CLIENT, 'ssh is given the pinned host key alone, and the machine’s key from where the store is now'],
  ],
  '`scp`': [
    ['test/machine/copy-place.test.ts', 'a place without a colon, or with one behind a slash, is on this computer'],
    ['test/machine/copy-place.test.ts', 'drives and network paths are on this computer'],
    [SCP, 'where there is neither scp nor ssh, SFTP and the built-in client do it'],
    [PLAIN, 'scp ends with the exit code of the program, and called as docker-machine with 1'],
  ],
  '`scp --delta` between machines': [[SCP, '--delta without rsync, and between machines, is refused']],
  '`scp`, `mount` with a wrong number of arguments': [
    [SCP, 'two places are needed, and machines that there are'],
    [
      'test/end-to-end/mount.test.ts',
      'what is missing is named: sshfs, fusermount, the mount point, the machine, the source',
    ],
    [PLAIN, 'called as docker-machine, scp and mount end with 1 when arguments are missing'],
  ],
  '`mount` onto a directory with the store in it': [
    [PLAIN, 'nothing is mounted onto a directory with the store in it'],
  ],
  'crash reports': [[PLAIN, 'the flag against crash reports is accepted and changes nothing']],
  'swarm flags': [[MADE, 'swarm flags are kept on record, with one warning']],
  'migrated records': [
    ['test/store/migrate.test.ts', 'loading migrates in memory only; saving keeps the old bytes'],
    ['test/end-to-end/takeover-azure.test.ts', 'what writes keeps unknown keys, and the old format beside the new one'],
  ],
};

/** How each point under "Same" begins, and its proofs. */
export const SAME: Readonly<Record<string, readonly Proof[]>> = {
  'The store:': [
    ['test/store/codec.test.ts', 'a new record is written byte for byte as docker-machine writes it'],
    ['test/store/codec.test.ts', 'a record from the future is refused, and removing it is not what we advise'],
    ['test/end-to-end/store-format.test.ts', 'has the files of docker-machine with its modes, and one more of azdock'],
    ['test/end-to-end/takeover.test.ts', 'that docker-machine made are used and removed, whatever version'],
  ],
  'Certificates:': [
    ['test/certs/create-certificates.test.ts', 'subjects hold the organisation and nothing else'],
    [
      'test/certs/create-certificates.test.ts',
      'certificates are valid from five minutes ago, on the minute, for 1080 days',
    ],
    ['test/certs/create-certificates.test.ts', 'keys are RSA 2048 in PKCS#1 form and belong to their certificates'],
  ],
  '`env`’s lines': [['test/shell/docker-machine-lines.test.ts', LINES]],
  '`ls`:': [
    ['test/cli/table.test.ts', 'an empty store gives just the header'],
    ['test/store/layout.test.ts', 'tables are sorted naturally: case ignored, numbers by value, digits before letters'],
    ['test/end-to-end/consumers.test.ts', 'Ansible’s inventory finds machines, their addresses and logins'],
    [PLAIN, 'ls lists records that cannot be read, whatever the filter'],
  ],
  '`inspect -f` and `ls -f`:': [
    ['test/cli/template/template.test.ts', 'what users of docker-machine write for inspect'],
    [PLAIN, 'templates that cannot be parsed or run are refused in the words of Go'],
  ],
  'Flags of `create`': [
    ['test/cli/create-flags.test.ts', 'a command line as GitLab Runner writes it is understood'],
    ['test/cli/create-flags.test.ts', 'docker-machine’s environment variables are taken'],
  ],
  'Global flags': [
    ['test/cli/argv.test.ts', 'flags before the verb become its first arguments'],
    ['test/cli/flag-words.test.ts', 'one dash or two, an equals sign or a space: all the same'],
    ['test/cli/flag-words.test.ts', 'the last value of a single flag wins'],
  ],
  '`rm`’s question:': [['test/cli/prompt.test.ts', 'a piped ']],
};
