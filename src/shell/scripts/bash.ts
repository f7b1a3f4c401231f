import { posixCall } from './call.ts';
import type { Program } from './program.ts';
import { posixFunction } from './posix-function.ts';

/**
 * bash's completion. It needs nothing of the bash-completion package, and runs on bash 3.2, which macOS has, where it cannot keep
 * file names out.
 */
export function bashCompletion(program: Program): string {
  return `_azdock_complete() {
  COMPREPLY=()
  # bash has split the line at = and : too; what had no blank between it is one word.
  local rest=\${COMP_LINE:0:COMP_POINT} blank word at=0 words=()
  while ((at <= COMP_CWORD)); do
    blank=\${rest%%[![:space:]]*}
    rest=\${rest#"$blank"}
    word=\${COMP_WORDS[at]}
    ((at == COMP_CWORD)) && word=$rest
    rest=\${rest#"$word"}
    if [[ $at -gt 0 && -z $blank ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    ((at += 1))
  done
  local typed=() current out directive prefix= head= breaks
  for word in "\${words[@]:1}"; do
    word=\${word//[\\"\\'\\\\]/}
    [[ $word == '~/'* ]] && word=$HOME\${word#'~'}
    typed+=("$word")
    current=$word
  done
  out=$(${posixCall(program)} __complete "\${typed[@]}" 2>/dev/null) || return 0
  directive=\${out##*:}
  [[ $directive =~ ^[0-9]+$ ]] || return 0
  # Candidates for --flag=value are values; what readline replaces begins after the last sign that splits words.
  [[ $current == -*=* ]] && prefix=\${current%%=*}=
  breaks=\${COMP_WORDBREAKS//[^=:]/}
  [[ -n $breaks && $current == *[$breaks]* ]] && head=\${current%"\${current##*[$breaks]}"}
  while IFS=$'\\t' read -r word rest; do
    [[ -n $word ]] || continue
    word=$prefix$word
    COMPREPLY+=("\${word#"$head"}")
  done <<<"\${out%:*}"
  type compopt &>/dev/null || return 0
  ((directive & 2)) && compopt -o nospace
  ((directive & 4)) && compopt +o default
  ((directive & 16)) && compopt +o default -o dirnames
  return 0
} 2>/dev/null
complete -o default -F _azdock_complete ${program.names.join(' ')}
`;
}

/** What `~/.bashrc` evaluates. */
export function bashStartup(program: Program): string {
  return `${posixFunction(program)}
# For a prompt: PS1='$(azdock_prompt)'"$PS1"
azdock_prompt() {
  [ -z "\${DOCKER_MACHINE_NAME-}" ] || printf "\${1-[%s] }" "$DOCKER_MACHINE_NAME" 2>/dev/null
}

${bashCompletion(program)}`;
}
