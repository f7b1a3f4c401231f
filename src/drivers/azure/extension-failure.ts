import { ArmError } from '../../errors/arm-error.ts';
import { ProvisionError } from '../../errors/provision-error.ts';

/** Lines of the handler's output that the user is shown. */
const OUTPUT_LINES = 20;

/** True when the handler inside the VM failed, and not Azure. */
export function isExtensionFailure(error: unknown): error is ArmError {
  return error instanceof ArmError && /^VM(Extension|Agent)/.test(error.azure?.code ?? '');
}

/**
 * What the handler itself said, out of the sentences that Azure puts around it, and the end of its output. CustomScript
 * reports both streams as blocks headed `[stdout]` and `[stderr]` (Azure/custom-script-extension-linux).
 */
export function extensionFailure(
  failed: { readonly machine: string; readonly type: string; readonly id: string },
  error: ArmError,
  report: string | undefined,
): ProvisionError {
  const said = report || quoted(error.azure?.message ?? error.message);
  const [message = '', ...output] = said.split(/^(?=\[std(?:out|err)\])/m);
  const [firstLine = '', ...more] = message.trim().split(/\r?\n/);
  const lines = [...more, ...output.flatMap((block) => block.trimEnd().split(/\r?\n/))].filter(
    (line) => line.trim() !== '',
  );
  return new ProvisionError(
    `${failed.type} failed on ${failed.machine}: ${firstLine.replace(/[.\s]+$/, '')} (${error.azure?.code}).`,
    {
      resource: failed.id,
      cause: error,
      details: lines.slice(-OUTPUT_LINES),
      ...(error.azure === undefined ? {} : { azure: error.azure }),
      nextSteps: [
        { label: 'Remove it', command: `azdock rm ${failed.machine}` },
        { label: 'Then another way', command: `azdock create ${failed.machine} --azure-provisioner ssh` },
      ],
    },
  );
}

/** `VM has reported a failure when processing extension 'x' (…). Error message: "…". More information …` */
function quoted(text: string): string {
  const match = /Error message: *(["']?)([\s\S]*?)\1\.?\s*(?:More information[\s\S]*)?$/.exec(text);
  return (match?.[2] ?? text).trim();
}
