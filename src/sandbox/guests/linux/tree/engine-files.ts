import { file, link, type TreeEntry } from './tree-entry.ts';

export interface EngineFacts {
  /** Where `dockerd` is on this computer. */
  readonly daemon: string;
  /** Where `docker-compose` is on this computer, if it is. */
  readonly compose: string | undefined;
}

/**
 * The engine is installed as by a package, with its units enabled, and has not been started: the state after an
 * installation in which services are not allowed to start. `docker.socket` starts it on first use.
 *
 * `/usr/bin/dockerd` is where Docker's own packages have the daemon; Debian's package has it in `/usr/sbin`.
 */
export function engineFiles(facts: EngineFacts): TreeEntry[] {
  const daemonLinks = facts.daemon === '/usr/bin/dockerd' ? [] : [link('usr/bin/dockerd', facts.daemon)];
  const composeLinks = facts.compose === undefined ? [] : [link('usr/local/bin/docker-compose', facts.compose)];
  return [
    ...daemonLinks,
    ...composeLinks,
    file('usr/lib/systemd/system/docker.service.d/50-azdock.conf', engineDropIn),
    file('usr/lib/azdock/engine-directory', engineDirectoryScript, 0o755),
    file('usr/lib/azdock/load-images', loadImagesScript, 0o755),
  ];
}

/** Units that start at the next boot, links to be made once the first boot is over. */
export const engineUnits = ['containerd.service', 'docker.service'] as const;

/**
 * The start of the engine counts as done only when the images are there; without images that takes no time. To stop its
 * containers the engine has the time that it has by default, though the rest of a guest is hurried.
 */
const engineDropIn = `[Service]
ExecStartPre=/usr/lib/azdock/engine-directory
ExecStartPost=-/usr/lib/azdock/load-images
TimeoutStopSec=15s
`;

/**
 * The engine needs a file system that is no overlay. It gets one when it starts, unless its directory has one by then: until
 * then that is as bare as on any other machine.
 */
const engineDirectoryScript = `#!/bin/sh
mkdir -p -m 710 /var/lib/docker
case $(stat -f -c %T /var/lib/docker) in
  overlay*) mount --bind /usr/lib/azdock/docker /var/lib/docker ;;
esac
`;

/**
 * Takes up each file of the sandbox's image directory once: archives of \`docker save\` as they are, other archives as the
 * root file system of an image that is named after the file.
 */
const loadImagesScript = `#!/bin/sh
loaded=/var/lib/docker/.azdock-images
for archive in /opt/azdock-images/*.tar /opt/azdock-images/*.tar.gz; do
  [ -f "$archive" ] || continue
  mark="$archive $(stat -c %Y "$archive")"
  grep -qxF "$mark" "$loaded" 2>/dev/null && continue
  if tar -tf "$archive" | grep -qxE '(\\./)?manifest.json'; then
    docker -H unix:///run/docker.sock load -q -i "$archive" || continue
  else
    name=$(basename "$archive"); name=\${name%.gz}; name=\${name%.tar}
    docker -H unix:///run/docker.sock import -c 'CMD ["/bin/sh"]' "$archive" "$name:latest" || continue
  fi
  echo "$mark" >>"$loaded"
done
exit 0
`;
