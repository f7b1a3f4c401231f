import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';

const publisher = 'microsoft.azure.extensions';

/** Which of the handlers that the sandbox plays a run is for. Azure compares both names without regard to case. */
export function handlerOf(
  run: Pick<ExtensionRun, 'publisher' | 'type'>,
): 'DockerExtension' | 'CustomScript' | undefined {
  if (run.publisher.toLowerCase() !== publisher) return undefined;
  const type = run.type.toLowerCase();
  if (type === 'dockerextension') return 'DockerExtension';
  return type === 'customscript' ? 'CustomScript' : undefined;
}

/** The verdict on an extension that the sandbox does not have. */
export function unknownHandler(run: Pick<ExtensionRun, 'publisher' | 'type'>): ExtensionVerdict {
  return { ok: false, message: `the sandbox's guests have no handler ${run.publisher}.${run.type}` };
}
