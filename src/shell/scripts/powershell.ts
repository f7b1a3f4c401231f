import { powershellCall } from './call.ts';
import type { Program } from './program.ts';

/** Completion of Windows PowerShell and PowerShell 7. */
export function powershellCompletion(program: Program): string {
  const names = program.names.map((name) => `'${name}'`).join(', ');
  return `Register-ArgumentCompleter -Native -CommandName @(${names}) -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    # Windows PowerShell does not pass empty arguments on: a blank stands for one.
    $current = if ("$wordToComplete" -eq '') { ' ' } else { "$wordToComplete" }
    $lines = @(${powershellCall(program)} __complete @typed $current 2>$null)
    if ($lines.Count -eq 0 -or $lines[-1] -notmatch '^:(\\d+)$') { return }
    $directive = [int]$Matches[1]
    # Candidates for --flag=value are values.
    $prefix = if ("$wordToComplete" -match '^-[^=]*=') { $Matches[0] } else { '' }
    $lines | Select-Object -SkipLast 1 | ForEach-Object {
        $value, $help = $_ -split "\`t", 2
        if (-not $help) { $help = $value }
        $text = $prefix + $value
        if ($text -match '[^\\w./:=@+-]') { $text = "'" + ($text -replace "'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $help)
    }
    # An empty answer keeps PowerShell from completing file names.
    if ($lines.Count -eq 1 -and ($directive -band 4)) { '' }
}
`;
}

/** What `$PROFILE` evaluates. */
export function powershellStartup(program: Program): string {
  const call = powershellCall(program);
  return `function ${program.names[0]} {
    if ($args.Count -gt 0 -and $args[0] -eq 'use' -and -not ($args -contains '--help' -or $args -contains '-h')) {
        $rest = @($args | Select-Object -Skip 1)
        $lines = ${call} env --shell powershell @rest
        # A variable that is not set cannot be removed, which does not matter.
        if ($LASTEXITCODE -eq 0) { $ErrorActionPreference = 'SilentlyContinue'; $lines | Out-String | Invoke-Expression }
    } elseif ($MyInvocation.ExpectingInput) {
        $input | ${call} @args
    } else {
        ${call} @args
    }
}

# For a prompt: function prompt { "$(azdock_prompt)PS $($executionContext.SessionState.Path.CurrentLocation)> " }
function azdock_prompt($Format = '[{0}] ') {
    if ($env:DOCKER_MACHINE_NAME) { $Format -f $env:DOCKER_MACHINE_NAME }
}

${powershellCompletion(program)}`;
}
