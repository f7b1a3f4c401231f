/** A handler's message, taken apart. */
export interface HandlerOutput {
  readonly message: string;
  /** The end of what a script wrote; null where the handler reports no output. */
  readonly stdout: string | null;
  readonly stderr: string | null;
}

/** CustomScript reports both streams as blocks headed `[stdout]` and `[stderr]` (Azure/custom-script-extension-linux:main/cmds.go). */
export function handlerOutput(report: string): HandlerOutput {
  const [, message = report, stdout, stderr] =
    /^([\s\S]*?)\n?^\[stdout\]\n([\s\S]*?)^\[stderr\]\n?([\s\S]*)$/m.exec(report) ?? [];
  return {
    message: message.trim().replace(/:$/, ''),
    stdout: stdout?.trimEnd() ?? null,
    stderr: stderr?.trimEnd() ?? null,
  };
}
