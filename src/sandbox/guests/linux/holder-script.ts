/**
 * Runs as process 1 of namespaces of its own (mount, network, process) and holds everything that a guest needs: when it
 * dies, for whatever reason, the kernel ends the guest's processes and takes down its mounts and its cable. Nothing of it
 * shows on this computer.
 *
 * Arguments: disk image, image directory, machine name, control group, host name; then for each data disk \`LUN:FILE\`.
 * It says `ready` once the disk is mounted, and boots after a line on standard input, when the cable is laid.
 *
 * Outside facts: systemd-nspawn ends with 133 when the guest reboots and `--keep-unit` is given (systemd,
 * src/nspawn/nspawn.c); SYSTEMD_NSPAWN_API_VFS_WRITABLE=network leaves /proc/sys/net writable (systemd,
 * docs/ENVIRONMENT.md), which the engine needs. The system calls let through beyond nspawn's own list are those that runc
 * needs for keyrings and device filters. A loop device that is detached while it is open goes when it is closed (Linux,
 * drivers/block/loop.c): so a process holds each data disk's, and none outlives the holder. Azure's names for data disks:
 * https://learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/troubleshoot-device-names-problems
 */
export const holderScript = `
set -eu
mount -t tmpfs -o mode=0700 tmpfs /run
mkdir /run/disk /run/root /run/images
mount -o loop,discard "$1" /run/disk
mount --bind "$2" /run/images
mount -t overlay overlay -o lowerdir=/,upperdir=/run/disk/upper,workdir=/run/disk/work /run/root

# A control group of the guest's own in each hierarchy; cpuset of version 1 starts empty and takes no process so.
while read -r _ where type _; do
  case $type in cgroup|cgroup2) ;; *) continue ;; esac
  group="$where/$4"
  mkdir -p "$group"
  for file in cpuset.cpus cpuset.mems; do
    if [ -e "$where/$file" ] && [ "$type" = cgroup ]; then cat "$where/$file" >"$group/$file"; fi
  done
  echo 0 >"$group/cgroup.procs"
done </proc/self/mounts

# Data disks are loop devices; the guest finds them by the names that Azure's udev rules give.
disks=/run/azure
mkdir -p $disks/scsi1 $disks/data/by-lun
machine=$3 name=$5
shift 5
binds=
for entry; do
  lun=\${entry%%:*}
  loop=$(losetup --find --show "\${entry#*:}")
  exec 3<>"$loop"
  losetup --detach "$loop"
  sleep infinity >/dev/null 2>&1 &
  exec 3>&-
  ln -s "../../../\${loop##*/}" $disks/scsi1/lun$lun
  ln -s "../../../../\${loop##*/}" $disks/data/by-lun/$lun
  binds="$binds --bind=$loop"
done
if [ -n "$binds" ]; then binds="$binds --bind-ro=$disks:/dev/disk/azure"; fi

echo ready
read -r _
exec </dev/null >&2
set +e
code=133
while [ $code -eq 133 ]; do
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn --quiet --boot --register=no --keep-unit \\
    --machine="$machine" --hostname="$name" --directory=/run/root --network-namespace-path=/proc/1/ns/net \\
    --capability=all --system-call-filter="@keyring bpf add_key keyctl" \\
    --resolv-conf=off --timezone=off --link-journal=no --console=pipe \\
    --bind=/run/disk/docker:/usr/lib/azdock/docker --bind-ro=/run/images:/opt/azdock-images $binds
  code=$?
done
umount /run/root
umount /run/disk
exit $code
`;
