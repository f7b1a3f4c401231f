import { fishCall } from './call.ts';
import type { Program } from './program.ts';

/** fish's completion. */
export function fishCompletion(program: Program): string {
  const registrations = program.names.map((name) => `complete -c ${name} -f -a '(__azdock_complete)'`);
  return `function __azdock_complete
    # Words without their quotes: -x from fish 4.0 on, -o before.
    set -l typed (commandline -xpc 2>/dev/null; or commandline -opc)
    set -e typed[1]
    set -l current (commandline -ct)
    set -l plain (string unescape -- "$current"); and set current "$plain"
    set -l lines (${fishCall(program)} __complete $typed "$current" 2>/dev/null); or return
    set -l directive (string sub -s 2 -- $lines[-1])
    set -e lines[-1]
    # Candidates for --flag=value are values.
    set -l prefix (string match -r -- '^-[^=]*=' "$current")
    if test (count $lines) -eq 0
        set -l path (string sub -s (math 1 + (string length -- "$prefix")) -- "$current")
        switch "$directive"
            case 0 2
                set lines (__fish_complete_path "$path")
            case 16
                set lines (__fish_complete_directories "$path" '')
        end
    end
    for line in $lines
        printf '%s%s\\n' "$prefix" "$line"
    end
end
${registrations.join('\n')}
`;
}

/** What `config.fish` sources. */
export function fishStartup(program: Program): string {
  const call = fishCall(program);
  return `function ${program.names[0]}
    if test "$argv[1]" != use
        ${call} $argv
        return
    end
    if contains -- --help $argv; or contains -- -h $argv
        ${call} $argv
        return
    end
    set -l lines (${call} env --shell fish $argv[2..-1]); or return
    string join \\n -- $lines | source
end

# For a prompt: call azdock_prompt in fish_prompt
function azdock_prompt
    set -q argv[1]; or set argv[1] '[%s] '
    test -n "$DOCKER_MACHINE_NAME"; and printf $argv[1] "$DOCKER_MACHINE_NAME" 2>/dev/null
    return 0
end

${fishCompletion(program)}`;
}
