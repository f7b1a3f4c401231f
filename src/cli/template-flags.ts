import type { InferredFlags } from '@oclif/core/interfaces';
import type { createFlags, CreateValues } from './create-flags.ts';
import { Secret } from '../secret/secret.ts';
import { text, wholeNumber, yes } from './flags.ts';

const TEMPLATE = 'Template';

/** Flags of `template` beside those of `create`. */
export const templateFlags = {
  count: wholeNumber({
    char: 'n',
    helpValue: 'NUMBER',
    summary:
      'Machines NAME1, NAME2 and so on, as many as parameter count of the template says [default: one, called NAME]',
    helpGroup: TEMPLATE,
  }),
  bicep: yes({ summary: 'Write Bicep instead of JSON', helpGroup: TEMPLATE }),
  parameters: text({
    helpValue: 'FILE',
    summary:
      "Also write the parameters' values into this file, with certificates of the store's CA and all secrets; only you can read it",
    helpGroup: TEMPLATE,
  }),
  'ssh-key': text({
    helpValue: 'FILE',
    summary: 'Public SSH key of those who may log in [default: a parameter without a value]',
    helpGroup: TEMPLATE,
  }),
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What Azure takes as a password (learn.microsoft.com, "Linux VM FAQ"); nobody ever gets it. */
const PASSWORD_STAND_IN = 'Given-when-deployed-1';

/** A secret's place is enough where its value is not asked for. */
const STAND_IN = 'given when the template is deployed';

/**
 * The environment with something in the place of each secret that the command line speaks of and that is not there: only a file of
 * parameters has them in it.
 */
export function withoutSecrets(
  flags: Pick<InferredFlags<typeof createFlags>, 'compose-secret-env' | 'registry-login'>,
  environment: Environment,
): Environment {
  const named = flags['compose-secret-env'].map((word) => word.split('=').at(-1) ?? word);
  const wanted = [...named, ...(flags['registry-login'] === undefined ? [] : ['AZDOCK_REGISTRY_PASSWORD'])];
  return { ...Object.fromEntries(wanted.map((name) => [name, STAND_IN])), ...environment };
}

/** The same for the password of a password login. */
export function withAnyPassword(values: CreateValues): CreateValues {
  if (values.azure.passwordLogin !== true) return values;
  return { ...values, azure: { ...values.azure, password: new Secret(PASSWORD_STAND_IN) } };
}
