import type { InstanceViewStatus, VirtualMachineInstanceView } from '@azure/arm-compute';
import type { ExtensionInspection, ExtensionStatus } from '../extensions.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { extensionReport, newestVersion, readExtension } from './extensions.ts';
import { callOptions } from './long-running.ts';

/** The extension, its handler in the VM, and what is published of its kind. Undefined when there is no such extension. */
export async function inspectExtension(
  machine: AzureMachine,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ExtensionInspection | undefined> {
  const found = await readExtension(machine, name, signal);
  if (found === undefined) return undefined;
  const report = extensionReport(name, found);
  const { publisher, type } = report;
  const [view, newest] = await Promise.all([
    machineView(machine, signal),
    newestVersion(machine, { publisher, type, signal }),
  ]);
  const wanted = `${publisher}.${type}`.toLowerCase();
  const handler = view?.vmAgent?.extensionHandlers?.find((each) => each.type?.toLowerCase() === wanted);
  return {
    ...report,
    version: found.typeHandlerVersion ?? '',
    handler: handler && {
      version: handler.typeHandlerVersion ?? '',
      status: handler.status?.displayStatus ?? '',
      message: handler.status?.message ?? '',
    },
    statuses: (found.instanceView?.statuses ?? []).map(statusOf),
    substatuses: (found.instanceView?.substatuses ?? []).map(statusOf),
    newestVersion: newest,
  };
}

function machineView(
  machine: AzureMachine,
  signal: AbortSignal | undefined,
): Promise<VirtualMachineInstanceView | undefined> {
  const { names, session } = machine;
  const what = deed(machine, `read what the agent of ${machine.name} reports`, names.vm);
  return session.call(what, signal, async ({ compute }) => {
    const { virtualMachines } = await compute();
    return virtualMachines.instanceView(names.group, names.vm, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  });
}

function statusOf({ code, level, displayStatus, message, time }: InstanceViewStatus): ExtensionStatus {
  return {
    code: code ?? '',
    level: level ?? '',
    displayStatus: displayStatus ?? '',
    message: message ?? '',
    time: time?.toISOString(),
  };
}
