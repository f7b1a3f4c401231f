import { resolve } from 'node:path';
import { UsageError } from '../../errors/usage-error.ts';
import { impliedSources } from '../allow-from.ts';
import type { CreateInput } from '../create-request.ts';
import { readCreateInput } from '../read-create-input.ts';
import { readGiven } from '../read-extension-input.ts';
import type { TemplateRequest } from './make-template.ts';

/** What the command line says, files not yet read. */
export interface TemplateInput {
  readonly create: CreateInput;
  readonly count: number | undefined;
  readonly language: TemplateRequest['language'];
  readonly sshKeyFile: string | undefined;
  /** Where values for the parameters are to be written. */
  readonly parametersFile: string | undefined;
}

/**
 * Reads the files that the command line names and checks every value by itself, as for a creation.
 *
 * @param cwd what relative paths start from
 * @returns the request, and lines that the user should read
 * @throws UsageError naming the flag or file
 */
export async function readTemplateRequest(
  input: TemplateInput,
  cwd: string,
): Promise<{ readonly request: TemplateRequest; readonly warnings: readonly string[] }> {
  const { create, count, language, sshKeyFile, parametersFile } = input;
  const { name } = create;
  // Whatever cloud is asked: a template may be deployed in another one.
  const { allowFrom, securityGroup, noPublicIp } = create.azure;
  const said = impliedSources({ allowFrom, securityGroup, noPublicIp, environment: undefined });
  if (create.driver === 'azure' && said === undefined) throw untold(name);
  const { request, warnings } = await readCreateInput(create, cwd);
  return {
    request: {
      create: request,
      count,
      language,
      sshPublicKey: sshKeyFile === undefined ? undefined : await readPublicKey(resolve(cwd, sshKeyFile)),
      parametersFile: parametersFile === undefined ? undefined : resolve(cwd, parametersFile),
    },
    warnings,
  };
}

async function readPublicKey(file: string): Promise<string> {
  const text = (await readGiven(file, '--ssh-key')).toString('utf8').trim();
  if (/^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/=]+( [^\n]*)?$/.test(text)) return text;
  const isPrivate = /PRIVATE KEY-----/.test(text);
  throw new UsageError(
    `--ssh-key: ${file} is ${isPrivate ? 'a private key, which a template must not have in it' : 'no public SSH key'}.`,
    {
      resource: file,
      nextSteps: isPrivate ? [{ label: 'Its public half', command: `azdock template --ssh-key ${file}.pub …` }] : [],
    },
  );
}

function untold(machine: string): UsageError {
  return new UsageError(
    `Nobody has said who may reach the SSH and Docker ports of ${machine}: --azure-allow-from takes addresses, CIDR blocks and service tags.`,
    {
      resource: '--azure-allow-from',
      nextSteps: [
        { label: 'Your address', command: `azdock template ${machine} --azure-allow-from ADDRESS` },
        { label: 'Everybody', command: `azdock template ${machine} --azure-allow-from '*'` },
      ],
    },
  );
}
