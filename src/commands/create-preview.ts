import type { AzdockCommand } from '../cli/base-command.ts';
import { type CreateNames, inTypedWords } from '../cli/create-names.ts';
import { creationReport } from '../cli/creation-report.ts';
import type { CreateRequest } from '../machine/create-request.ts';

export interface PreviewedMachines {
  readonly names: CreateNames;
  readonly requests: readonly CreateRequest[];
  /** Each gets a docker context. */
  readonly hasContext: boolean;
}

/** Shows what a creation would make. @throws what its checks throw */
export async function showPreview(
  command: AzdockCommand,
  { names, requests, hasContext }: PreviewedMachines,
): Promise<void> {
  const { json, columns } = command.context;
  const { previewCreation } = await import('../machine/preview-creation.ts');
  const previews = await previewCreation(requests, command.context).catch((error: unknown) => {
    throw names.isSeveral ? inTypedWords(error, names) : error;
  });
  const documents = previews.map((preview) => ({ ...preview, dockerContext: hasContext ? preview.name : null }));
  if (json) return command.printJson(names.isSeveral ? { planned: documents } : documents[0]);
  await command.print(creationReport(documents, columns));
}
