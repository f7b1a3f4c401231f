/**
 * Containers live on while the engine is away when it has `live-restore`, both as it goes and as it comes back. Where it does not
 * have that, it is switched on in daemon.json for the time of the restart: of all ways to say it, this one the engine reads
 * again on SIGHUP (https://docs.docker.com/engine/daemon/live-restore/). What stood there before is put back afterwards. An option
 * that is both in daemon.json and among the arguments keeps the engine from starting, so that it is never in both.
 *
 * `$held` is there from before the first change until everything is as it was: a run that was ended in between is made good by the
 * next one. Where the engine does not come back, live-restore stays switched on, or the next start would end the containers.
 */
const KEEP = `held=$state_dir/live-restore

engine_active() {
  systemctl is-active --quiet docker.service
}

# Asked through the socket, systemd would start an engine that does not run.
engine_says() {
  engine_active && docker -H unix:///var/run/docker.sock info --format "{{$1}}" 2>/dev/null
}

engine_process() {
  systemctl show -p MainPID docker.service | sed 's/^MainPID=//'
}

engine_words() {
  tr '\\0' '\\n' <"/proc/$(engine_process)/cmdline" 2>/dev/null
}

remember_config() {
  config=$(engine_words | sed -n 's/^--config-file=//p' | tail -n 1)
  config=\${config:-/etc/docker/daemon.json}
  rm -f "$held.before"
  [ ! -e "$config" ] || cp -p "$config" "$held.before"
  echo "$config" >"$held"
}

# The configuration as it was, but for live-restore.
write_live_restore() {
  config=$(cat "$held")
  (umask 022 && mkdir -p "$(dirname "$config")")
  if [ ! -e "$held.before" ] || [ -z "$(tr -d '[:space:]{}' <"$held.before")" ]; then
    echo "{\\"live-restore\\": $1}"
  elif grep -q '"live-restore"' "$held.before"; then
    sed "s/\\(\\"live-restore\\"[[:space:]]*:[[:space:]]*\\)[a-z]*/\\1$1/" "$held.before"
  else
    awk -v entry="{ \\"live-restore\\": $1," '!done && sub(/[{]/, entry) { done = 1 } { print }' "$held.before"
  fi >"$work/config"
  cat "$work/config" >"$config"
}

put_config_back() {
  config=$(cat "$held")
  if [ -e "$held.before" ]; then cat "$held.before" >"$config"; else rm -f "$config"; fi
}

reload_until() {
  run kill -HUP "$(engine_process)" || return 1
  tries=0
  until [ "$(engine_says .LiveRestoreEnabled)" = "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || return 1
    sleep 0.2
  done
}

keeps_by_file() {
  grep -q '"live-restore"[[:space:]]*:[[:space:]]*true' "$1" 2>/dev/null
}

hold_containers() {
  if [ ! -e "$held" ]; then
    engine_active || return 0
    remember_config
    enabled=$(engine_says .LiveRestoreEnabled) || enabled=
    if [ "$enabled" = true ] && { [ "$keeps_by_option" = yes ] || keeps_by_file "$config"; }; then
      rm -f "$held" "$held.before"
      return 0
    fi
    [ "$(engine_says .Swarm.LocalNodeState)" != active ] ||
      fail 'a node of a swarm cannot keep its containers while the engine restarts'
  fi
  say 'switching live-restore on for the restart'
  write_live_restore true
  if engine_active && [ "$(engine_says .LiveRestoreEnabled)" != true ]; then
    reload_until true || fail 'the engine cannot keep its containers while it restarts'
  fi
  [ "$keeps_by_option" != yes ] || put_config_back
}

release_containers() {
  [ -e "$held" ] && engine_active || return 0
  if ! keeps_by_file "$held.before" && ! engine_words | grep -q '^--live-restore'; then
    write_live_restore false
    reload_until false || say 'live-restore stays on until the engine restarts'
  fi
  put_config_back
  rm -f "$held" "$held.before"
}

undo() {
  release_containers
}
`;

/**
 * Defines `hold_containers`, to be called before the engine restarts, and `release_containers`, for when it is back.
 * @param options that the engine restarts with, without leading dashes
 */
export function keepContainersPart(options: readonly string[]): string {
  const byOption = options.some((option) => /^live-restore(=true)?$/.test(option));
  return [`keeps_by_option=${byOption ? 'yes' : 'no'}`, KEEP].join('\n');
}
