import { posixCall } from './call.ts';
import { posixFunction } from './posix-function.ts';
import type { Program } from './program.ts';

/** zsh's completion: evaluated before or after compinit, or kept as the file `_azdock` on fpath. */
export function zshCompletion(program: Program): string {
  const names = program.names.join(' ');
  return `#compdef ${names}
_azdock() {
  local out directive line value
  local -a typed list
  (( CURRENT > 2 )) && typed=("\${(@Q)words[2,CURRENT-1]}")
  typed=("\${typed[@]/#\\~\\//$HOME/}")
  out=$(${posixCall(program)} __complete "\${typed[@]}" "\${(Q)PREFIX}" 2>/dev/null) || return 1
  directive=\${out##*:}
  [[ $directive == <-> ]] || return 1
  # Candidates for --flag=value are values.
  [[ $PREFIX == -*=* ]] && compset -p $(( \${#\${PREFIX%%=*}} + 1 ))
  for line in "\${(@f)\${out%:*}}"; do
    [[ -n $line ]] || continue
    value=\${\${line%%$'\\t'*}//:/\\\\:}
    [[ $line == *$'\\t'* ]] && value+=:\${line#*$'\\t'}
    list+=("$value")
  done
  if (( \${#list} )); then
    if (( directive & 2 )); then
      _describe -t azdock azdock list -S ''
    else
      _describe -t azdock azdock list
    fi
    (( directive & 4 )) && return
  fi
  (( directive & 4 )) && return 1
  if (( directive & 16 )); then
    _files -/
  else
    _files
  fi
}
if [[ \${funcstack[1]-} == _azdock ]]; then
  _azdock "$@"
elif (( \${+functions[compdef]} )); then
  compdef _azdock ${names}
else
  # compinit has not run yet: the first prompt is late enough.
  _azdock_later() {
    add-zsh-hook -d precmd _azdock_later
    (( \${+functions[compdef]} )) && compdef _azdock ${names}
    return 0
  }
  autoload -Uz add-zsh-hook && add-zsh-hook precmd _azdock_later
fi
`;
}

/** What `~/.zshrc` evaluates. */
export function zshStartup(program: Program): string {
  // The result of a substitution in a prompt is read for % signs.
  return `${posixFunction(program)}
# For a prompt: setopt PROMPT_SUBST; PROMPT='$(azdock_prompt)'$PROMPT
azdock_prompt() {
  [[ -z \${DOCKER_MACHINE_NAME-} ]] || printf "\${1-[%s] }" "\${DOCKER_MACHINE_NAME//\\%/%%}" 2>/dev/null
}

${zshCompletion(program)}`;
}
